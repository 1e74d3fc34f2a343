/** {@code pxemesh firmware ...}. */
@NullMarked
package org.pxemesh.cli.firmware;

import org.jspecify.annotations.NullMarked;
