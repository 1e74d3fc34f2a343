/** A peer on several networks, beside a DHCP server on its own machine, and behind a relay. */
@NullMarked
package org.pxemesh.lab.networks;

import org.jspecify.annotations.NullMarked;
