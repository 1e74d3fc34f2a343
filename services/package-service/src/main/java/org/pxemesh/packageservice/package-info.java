/** Imports, signs, stores and serves boot packages. */
@NullMarked
package org.pxemesh.packageservice;

import org.jspecify.annotations.NullMarked;
