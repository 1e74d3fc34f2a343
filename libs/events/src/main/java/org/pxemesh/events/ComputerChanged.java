package org.pxemesh.events;

/**
 * A computer was made known or changed.
 *
 * @param computer the whole state
 */
public record ComputerChanged(ComputerState computer) implements Event {}
