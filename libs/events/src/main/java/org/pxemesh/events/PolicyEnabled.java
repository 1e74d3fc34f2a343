package org.pxemesh.events;

/**
 * An administrator pressed <em>Enable</em>.
 *
 * @param policy the whole state
 */
public record PolicyEnabled(PolicyState policy) implements Event {}
