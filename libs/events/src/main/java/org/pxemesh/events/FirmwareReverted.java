package org.pxemesh.events;

/**
 * An administrator took back what was learned of a firmware; the sites begin anew with it.
 *
 * @param firmware the whole state, without a form
 */
public record FirmwareReverted(FirmwareState firmware) implements Event {}
