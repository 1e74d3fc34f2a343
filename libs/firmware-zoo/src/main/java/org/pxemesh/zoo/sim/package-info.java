/** A deterministic segment with loss, duplication, reordering and DHCP snooping. */
@NullMarked
package org.pxemesh.zoo.sim;

import org.jspecify.annotations.NullMarked;
