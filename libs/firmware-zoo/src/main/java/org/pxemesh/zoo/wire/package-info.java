/** DHCP and TFTP bytes as firmware reads and writes them, by code that shares nothing with the server's codecs. */
@NullMarked
package org.pxemesh.zoo.wire;

import org.jspecify.annotations.NullMarked;
