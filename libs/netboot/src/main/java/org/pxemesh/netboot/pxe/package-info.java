/** What a PXE client is, which reply form its firmware understands, and which peer of the segment answers it. */
@NullMarked
package org.pxemesh.netboot.pxe;

import org.jspecify.annotations.NullMarked;
