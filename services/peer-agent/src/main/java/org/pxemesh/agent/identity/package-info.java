/** Who this agent is, across restarts and cloned disks. */
@NullMarked
package org.pxemesh.agent.identity;

import org.jspecify.annotations.NullMarked;
