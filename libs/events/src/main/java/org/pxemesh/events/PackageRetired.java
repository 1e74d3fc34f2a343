package org.pxemesh.events;

/**
 * A package version is no longer to be booted; running boots end undisturbed.
 *
 * @param pkg the whole state
 */
public record PackageRetired(PackageState pkg) implements Event {}
