/** Sites in network namespaces, real DHCP servers and real firmware in QEMU. */
@NullMarked
package org.pxemesh.lab;

import org.jspecify.annotations.NullMarked;
