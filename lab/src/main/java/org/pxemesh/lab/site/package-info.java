/** A branch office in network namespaces, with a real DHCP server. */
@NullMarked
package org.pxemesh.lab.site;

import org.jspecify.annotations.NullMarked;
