/** proxyDHCP on ports 67 and 4011, and the peers' {@code offered} messages. */
@NullMarked
package org.pxemesh.agent.dhcp;

import org.jspecify.annotations.NullMarked;
