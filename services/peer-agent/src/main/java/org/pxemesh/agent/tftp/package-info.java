/** The TFTP server: sockets and files around the transfers of the netboot library. */
@NullMarked
package org.pxemesh.agent.tftp;

import org.jspecify.annotations.NullMarked;
