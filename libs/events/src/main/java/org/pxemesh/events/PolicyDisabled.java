package org.pxemesh.events;

/**
 * An administrator pressed <em>Disable</em>.
 *
 * @param policy the whole state
 */
public record PolicyDisabled(PolicyState policy) implements Event {}
