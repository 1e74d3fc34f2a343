/** Finds what boot clients could read of a package and should not: passwords and variables. Never says the secret. */
@NullMarked
package org.pxemesh.packageservice.secret;

import org.jspecify.annotations.NullMarked;
