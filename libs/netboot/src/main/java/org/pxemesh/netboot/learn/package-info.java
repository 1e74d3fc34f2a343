/** Which reply form a firmware understands: tried within one power-on, remembered by the firmware's fingerprint. */
@NullMarked
package org.pxemesh.netboot.learn;

import org.jspecify.annotations.NullMarked;
