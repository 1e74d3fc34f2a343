/** Decides what a peer keeps on its disk, what it takes from there instead of a line, and what goes first. */
@NullMarked
package org.pxemesh.content.keep;

import org.jspecify.annotations.NullMarked;
