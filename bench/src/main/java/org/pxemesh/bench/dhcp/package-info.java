/** proxyDHCP side by side: a storm of DISCOVERs at our agent and at dnsmasq. */
@NullMarked
package org.pxemesh.bench.dhcp;

import org.jspecify.annotations.NullMarked;
