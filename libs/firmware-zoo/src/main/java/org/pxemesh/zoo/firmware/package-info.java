/** Firmware from power-on to its network boot program, and the loaders that come after it. */
@NullMarked
package org.pxemesh.zoo.firmware;

import org.jspecify.annotations.NullMarked;
