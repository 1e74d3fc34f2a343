/** A segment of many peers: what each costs its machine, and how fast one of them answers. */
@NullMarked
package org.pxemesh.bench.segment;

import org.jspecify.annotations.NullMarked;
