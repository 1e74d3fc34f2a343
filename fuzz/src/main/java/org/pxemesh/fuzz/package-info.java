/** Everything that reads bytes from the network, as targets of a fuzzer. */
@NullMarked
package org.pxemesh.fuzz;

import org.jspecify.annotations.NullMarked;
