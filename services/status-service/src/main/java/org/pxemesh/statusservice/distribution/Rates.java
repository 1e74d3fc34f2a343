package org.pxemesh.statusservice.distribution;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast a peer gathers a package.
 *
 * @param wan bytes per second over the WAN
 * @param lan bytes per second from neighbours
 */
record Rates(double wan, double lan) {

    static final Rates NONE = new Rates(0, 0);

    /** Peers tell every two seconds: what is older than this says nothing of now. */
    static final Duration FRESH = Duration.ofSeconds(8);

    /**
     * The rates between two reports, by the peer's own clock.
     *
     * @param before time of the last report, or null when there was none
     */
    static Rates between(
            @Nullable Instant before, long wanBefore, long lanBefore, Instant now, long wanNow, long lanNow) {
        // An agent that started anew counts from zero; two reports at one time say nothing.
        if (before == null || !now.isAfter(before) || wanNow < wanBefore || lanNow < lanBefore) {
            return NONE;
        }
        double seconds = Duration.between(before, now).toNanos() / 1e9;
        return seconds <= 0 ? NONE : new Rates((wanNow - wanBefore) / seconds, (lanNow - lanBefore) / seconds);
    }
}
