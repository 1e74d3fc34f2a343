/** Builds, one after another: read, recognise, sign, publish. */
@NullMarked
package org.pxemesh.packageservice.build;

import org.jspecify.annotations.NullMarked;
