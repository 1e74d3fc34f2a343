/** From Kafka into SQL: read, believe, tell apart from what was seen, and commit with the offsets. */
@NullMarked
package org.pxemesh.statusservice.intake;

import org.jspecify.annotations.NullMarked;
