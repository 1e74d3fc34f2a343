/** The host on Linux: epoll, one socket per interface, UDP segmentation, /proc. */
@NullMarked
package org.pxemesh.agent.host.linux;

import org.jspecify.annotations.NullMarked;
