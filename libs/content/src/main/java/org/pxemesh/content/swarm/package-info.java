/** Decides which chunk is fetched next and from whom; it neither fetches nor waits. */
@NullMarked
package org.pxemesh.content.swarm;

import org.jspecify.annotations.NullMarked;
