package org.pxemesh.events;

import java.time.Instant;

/**
 * HQ lives and its records are fresh: agents act on signed state until this epoch ends.
 *
 * @param epoch grows by one with each renewal
 * @param issuedAt HQ's time
 * @param expiresAt 30 days after the issue
 */
public record EpochRenewed(long epoch, Instant issuedAt, Instant expiresAt) implements Event {}
