package org.pxemesh.netboot.learn;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a segment has learned, by fingerprint. Bounded: what was proven longest ago goes first, so that made-up
 * fingerprints push out what nobody has used, and never fill the memory. Not for several threads.
 */
public final class FormMemory {

    /** Firmwares remembered: more than a site has, and 60 KB. */
    public static final int CAPACITY = 1024;

    /** A neighbour's clock may be ahead by this much; what claims to be later is not believed. */
    private static final long AHEAD_SECONDS = 24 * 3600;

    private final Map<String, Learned> entries = new LinkedHashMap<>();

    public Optional<Learned> of(String fingerprint) {
        return Optional.ofNullable(entries.get(fingerprint));
    }

    /** All of it. */
    public List<Learned> all() {
        return List.copyOf(entries.values());
    }

    /**
     * Takes in what this peer or a neighbour learned; the later proof counts.
     *
     * @param now in seconds since 1970
     * @return whether it was news
     */
    public boolean take(Learned learned, long now) {
        Learned known = entries.get(learned.fingerprint());
        if (!learned.isFresh(now)
                || learned.provenAt() > now + AHEAD_SECONDS
                || known != null && known.provenAt() >= learned.provenAt()) {
            return false;
        }
        entries.put(learned.fingerprint(), learned);
        if (entries.size() > CAPACITY) {
            entries.values().stream()
                    .min(Comparator.comparingLong(Learned::provenAt))
                    .map(Learned::fingerprint)
                    .ifPresent(entries::remove);
        }
        return true;
    }

    /** Drops what is too old to count. */
    public void age(long now) {
        entries.values().removeIf(learned -> !learned.isFresh(now));
    }
}
