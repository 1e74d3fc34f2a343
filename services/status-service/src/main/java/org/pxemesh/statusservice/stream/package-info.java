/** What happened, in order: the event table, the live stream over it, and what it forgets. */
@NullMarked
package org.pxemesh.statusservice.stream;

import org.jspecify.annotations.NullMarked;
