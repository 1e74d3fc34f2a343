package org.pxemesh.events;

/**
 * What content transfers may take of a site's WAN link.
 *
 * @param kbitPerSecond hard limit in kbit/s, 0 = no limit
 * @param percentOfLink share of the link in percent, 1 to 100
 */
public record WanLimits(int kbitPerSecond, int percentOfLink) {}
