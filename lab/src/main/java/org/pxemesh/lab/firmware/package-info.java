/** Real firmware against a real agent: a matrix of machines, DHCP servers, relays and hosts. */
@NullMarked
package org.pxemesh.lab.firmware;

import org.jspecify.annotations.NullMarked;
