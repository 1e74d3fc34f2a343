package org.pxemesh.events;

/**
 * A policy was made or changed; whether it is enabled stands in its state.
 *
 * @param policy the whole state
 */
public record PolicyChanged(PolicyState policy) implements Event {}
