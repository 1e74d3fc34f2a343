/** Which peer holds how much of which package. */
@NullMarked
package org.pxemesh.statusservice.distribution;

import org.jspecify.annotations.NullMarked;
