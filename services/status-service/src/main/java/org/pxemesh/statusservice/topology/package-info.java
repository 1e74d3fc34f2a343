/** Segments and peers: who is there, who is elected, how well they are; REST and the compacted {@code pxemesh.topology}. */
@NullMarked
package org.pxemesh.statusservice.topology;

import org.jspecify.annotations.NullMarked;
