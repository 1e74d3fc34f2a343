package org.pxemesh.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a firmware at HQ.
 *
 * @param fingerprint how to know it
 * @param revision grows by one with each write, from 1
 * @param form name of the reply form to begin with; null after a revert: agents forget what they learned before {@code
 *     since}
 * @param pinned whether an administrator chose it, so that nothing else is tried
 * @param since when it was last confirmed, chosen or reverted; what is not pinned ages from here
 * @param sites how many sites agreed, 0 when an administrator said so
 */
public record FirmwareState(
        FirmwareFingerprint fingerprint,
        long revision,
        @Nullable String form,
        boolean pinned,
        Instant since,
        int sites) {}
