/** How near a segment's swarm comes to the floor that its links allow. */
@NullMarked
package org.pxemesh.bench.swarm;

import org.jspecify.annotations.NullMarked;
