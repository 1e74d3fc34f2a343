/** {@code ./mesh lab fuzz}: long fuzzing. */
@NullMarked
package org.pxemesh.lab.fuzz;

import org.jspecify.annotations.NullMarked;
