/** The host on Linux: datagrams in batches, one socket per interface, UDP segmentation, /proc. */
@NullMarked
package org.pxemesh.agent.host.linux;

import org.jspecify.annotations.NullMarked;
