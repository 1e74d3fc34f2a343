/** The house in a few numbers. */
@NullMarked
package org.pxemesh.statusservice.overview;

import org.jspecify.annotations.NullMarked;
