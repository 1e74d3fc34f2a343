package org.pxemesh.events;

/**
 * HQ tells all sites in which form to answer a firmware first: three sites without foreign boot servers agree, or an
 * administrator said so.
 *
 * @param firmware the whole state
 */
public record FirmwareLearned(FirmwareState firmware) implements Event {}
