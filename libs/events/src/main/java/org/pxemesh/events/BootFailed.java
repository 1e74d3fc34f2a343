package org.pxemesh.events;

/**
 * A boot ended without its system checking in.
 *
 * @param boot which boot, where, told by whom
 * @param reason stable name, for example {@code no-check-in}
 * @param detail in words
 */
public record BootFailed(BootRef boot, String reason, String detail) implements Event {}
