/** The contract between HQ and the mesh: event records, topics, envelopes and their signatures. */
@NullMarked
package org.pxemesh.events;

import org.jspecify.annotations.NullMarked;
