package org.pxemesh.events;

/**
 * A package version is complete, signed and served by HQ.
 *
 * @param pkg the whole state
 */
public record PackageBuilt(PackageState pkg) implements Event {}
