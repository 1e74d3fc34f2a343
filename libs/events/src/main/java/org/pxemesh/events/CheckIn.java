package org.pxemesh.events;

/**
 * The booted system's own request, which is the evidence of a boot.
 *
 * @param remoteAddress of the booted system
 * @param path that it asked for
 * @param userAgent that it named
 */
public record CheckIn(String remoteAddress, String path, String userAgent) {}
