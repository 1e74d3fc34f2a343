package org.pxemesh.events;

import java.util.UUID;

/**
 * A collection was deleted; a tombstone follows after 30 days.
 *
 * @param id the collection
 * @param revision the last one, plus one
 */
public record CollectionDeleted(UUID id, long revision) implements Event {}
