/** A real KRaft broker in a process of its own, from Maven artifacts. */
@NullMarked
package org.pxemesh.kafka;

import org.jspecify.annotations.NullMarked;
