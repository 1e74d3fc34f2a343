/** Measurements side by side: each writes its figures and says whether the budget was kept. */
@NullMarked
package org.pxemesh.bench;

import org.jspecify.annotations.NullMarked;
