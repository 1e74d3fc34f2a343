/** The traffic beside the content: a TCP flow of the kernel's own, and echoes that tell the delay. */
@NullMarked
package org.pxemesh.bench.wan.traffic;

import org.jspecify.annotations.NullMarked;
