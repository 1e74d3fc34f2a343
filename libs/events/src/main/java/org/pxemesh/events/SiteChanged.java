package org.pxemesh.events;

/**
 * A site was made or changed.
 *
 * @param site the whole state
 */
public record SiteChanged(SiteState site) implements Event {}
