/** A WAN link in user space: two TUN devices with a bottleneck, its queue and a delay between them. */
@NullMarked
package org.pxemesh.bench.wan.relay;

import org.jspecify.annotations.NullMarked;
