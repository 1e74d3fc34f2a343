/** TFTP on the wire and the sending side of a transfer as a value (RFC 1350, 2347 to 2349, 7440). */
@NullMarked
package org.pxemesh.netboot.tftp;

import org.jspecify.annotations.NullMarked;
