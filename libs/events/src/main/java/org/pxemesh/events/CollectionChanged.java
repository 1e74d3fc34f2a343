package org.pxemesh.events;

/**
 * A collection was made or changed.
 *
 * @param collection the whole state
 */
public record CollectionChanged(CollectionState collection) implements Event {}
