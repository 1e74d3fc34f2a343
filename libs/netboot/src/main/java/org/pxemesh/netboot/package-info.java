/** DHCP, PXE and TFTP: codecs, reply forms and session state machines. */
@NullMarked
package org.pxemesh.netboot;

import org.jspecify.annotations.NullMarked;
