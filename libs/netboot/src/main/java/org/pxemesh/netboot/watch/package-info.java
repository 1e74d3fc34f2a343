/** Looking at a segment as its boot clients see it: who offers what, what a user would see of it, and the cure. */
@NullMarked
package org.pxemesh.netboot.watch;

import org.jspecify.annotations.NullMarked;
