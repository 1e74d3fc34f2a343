package org.pxemesh.events;

/**
 * The booted operating system checked in over the network.
 *
 * @param boot which boot, where, told by whom
 * @param evidence its request
 * @param seconds from the first DISCOVER; 0 when the peer was started anew since and does not know
 */
public record BootCompleted(BootRef boot, CheckIn evidence, double seconds) implements Event {}
