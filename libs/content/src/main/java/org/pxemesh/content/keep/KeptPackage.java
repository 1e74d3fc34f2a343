package org.pxemesh.content.keep;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.Sha256;

/**
 * A package with content on this disk.
 *
 * @param manifest its name here
 * @param files that it consists of
 * @param wanted a policy wants it here now; what none wants is a cache until its space is needed
 * @param retiredSince when this peer learnt that HQ retired it; null while it is in use
 * @param lastUsed when it was wanted, or served, last
 */
public record KeptPackage(
        Sha256 manifest,
        Set<Sha256> files,
        boolean wanted,
        @Nullable Instant retiredSince,
        Instant lastUsed) {

    public KeptPackage {
        files = Set.copyOf(files);
    }

    /** Whether a boot may still be reading it. */
    boolean mayBeInUse(Instant now, Duration boot) {
        return lastUsed.plus(boot).isAfter(now);
    }

    /** Whether it was retired, and nobody has used it, for so long. */
    boolean isExpired(Instant now, Duration grace) {
        return !wanted
                && retiredSince != null
                && !retiredSince.plus(grace).isAfter(now)
                && !lastUsed.plus(grace).isAfter(now);
    }
}
