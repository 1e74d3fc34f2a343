/** Windows images (WIM): looked at here, read by wimlib. */
@NullMarked
package org.pxemesh.packageservice.wim;

import org.jspecify.annotations.NullMarked;
