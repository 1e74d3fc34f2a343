/** DHCPv4 on the wire: packets, options and open code types (RFC 2131, 2132, 3396, 4578). */
@NullMarked
package org.pxemesh.netboot.dhcp;

import org.jspecify.annotations.NullMarked;
