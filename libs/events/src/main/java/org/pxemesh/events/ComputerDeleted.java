package org.pxemesh.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A computer was deleted; a tombstone follows after 30 days.
 *
 * @param id the computer
 * @param revision the last one, plus one
 * @param siteId its home, which decides the partition of its record
 */
public record ComputerDeleted(
        UUID id, long revision, @Nullable UUID siteId) implements Event {}
