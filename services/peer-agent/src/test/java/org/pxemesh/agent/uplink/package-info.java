/** Tests of the package of the same name. */
@NullMarked
package org.pxemesh.agent.uplink;

import org.jspecify.annotations.NullMarked;
