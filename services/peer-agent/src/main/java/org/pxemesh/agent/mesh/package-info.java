/** Membership of the peers of one segment: JGroups behind a small interface. */
@NullMarked
package org.pxemesh.agent.mesh;

import org.jspecify.annotations.NullMarked;
