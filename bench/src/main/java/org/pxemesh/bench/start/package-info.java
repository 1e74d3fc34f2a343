/** How long an agent takes from its start to its first offer, with and without an AOT cache, and what it keeps in memory. */
@NullMarked
package org.pxemesh.bench.start;

import org.jspecify.annotations.NullMarked;
