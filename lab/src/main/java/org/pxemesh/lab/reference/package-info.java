/** Another's responder (dnsmasq) in the lab's site, to tell a broken lab from a broken responder of ours. */
@NullMarked
package org.pxemesh.lab.reference;

import org.jspecify.annotations.NullMarked;
