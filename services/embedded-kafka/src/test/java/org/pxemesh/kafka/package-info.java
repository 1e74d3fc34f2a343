/** Tests of the broker: real processes, real data directories. */
@NullMarked
package org.pxemesh.kafka;

import org.jspecify.annotations.NullMarked;
