/** Boot firmware as executable models: what a machine sends, what it believes and where it gives up. */
@NullMarked
package org.pxemesh.zoo;

import org.jspecify.annotations.NullMarked;
