/** Plays a boot client in a network of this computer, to see what one would meet there. */
@NullMarked
package org.pxemesh.cli.segment;

import org.jspecify.annotations.NullMarked;
