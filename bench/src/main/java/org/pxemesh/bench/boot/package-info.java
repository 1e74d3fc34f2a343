/** Whole boots side by side: real firmware, from its DISCOVER to the operating system's first line. */
@NullMarked
package org.pxemesh.bench.boot;

import org.jspecify.annotations.NullMarked;
