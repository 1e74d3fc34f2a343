/** Packages: imported with progress, listed, shown, retired. */
@NullMarked
package org.pxemesh.cli.packages;

import org.jspecify.annotations.NullMarked;
