/** End-to-end scenarios of {@code ./mesh lab}, one class each. */
@NullMarked
package org.pxemesh.lab.scenario;

import org.jspecify.annotations.NullMarked;
