package org.pxemesh.events;

/**
 * The last file of the boot plan was acknowledged.
 *
 * @param boot which boot, where, told by whom
 * @param files served for this boot
 * @param bytes served for this boot
 * @param seconds from the first DISCOVER
 */
public record BootDelivered(BootRef boot, int files, long bytes, double seconds) implements Event {}
