/** Reads a version's content again and holds it against the signed manifest. */
@NullMarked
package org.pxemesh.packageservice.verify;

import org.jspecify.annotations.NullMarked;
