/** The program that every peer runs: sockets, membership, uplink and content store around the pure libraries. */
@NullMarked
package org.pxemesh.agent;

import org.jspecify.annotations.NullMarked;
