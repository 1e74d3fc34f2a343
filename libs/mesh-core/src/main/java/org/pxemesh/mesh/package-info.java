/** From a membership view to ranking, uplink election and healing. */
@NullMarked
package org.pxemesh.mesh;

import org.jspecify.annotations.NullMarked;
