/** Boot configuration data: the store that Windows' boot manager reads, written byte for byte without its own tools. */
@NullMarked
package org.pxemesh.netboot.bcd;

import org.jspecify.annotations.NullMarked;
