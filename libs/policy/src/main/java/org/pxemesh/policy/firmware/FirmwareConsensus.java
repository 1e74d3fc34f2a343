package org.pxemesh.policy.firmware;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.FirmwareFingerprint;
import org.pxemesh.events.FirmwareObserved;
import org.pxemesh.events.FirmwareState;

/**
 * What sites observed of each firmware, the last word of each site. Three sites without foreign boot servers that agree,
 * and no third as many that do not, make a verdict. Bounded: firmware and sites that were quiet longest go first. Not for
 * several threads.
 */
public final class FirmwareConsensus {

    /** Sites that must agree. */
    public static final int SITES = 3;

    /** After this long a confirmation is written anew, so that the record does not age while machines still say so. */
    private static final Duration RENEWAL = Duration.ofDays(30);

    private static final int FIRMWARES = 4096;
    private static final int SITES_REMEMBERED = 256;

    private record Word(String form, boolean foreignPxe, Instant at) {}

    private record Known(FirmwareFingerprint fingerprint, Map<UUID, Word> sites) {}

    private final Map<String, Known> firmwares = new LinkedHashMap<>(64, 0.75f, true);

    /** A site's word; of several the latest counts. */
    public void observed(FirmwareObserved event, Instant at) {
        Known known = firmwares.computeIfAbsent(
                event.fingerprint().id(), id -> new Known(event.fingerprint(), new LinkedHashMap<>(8, 0.75f, true)));
        known.sites.merge(
                event.siteId(),
                new Word(event.form(), event.foreignPxe(), at),
                (old, now) -> now.at.isBefore(old.at) ? old : now);
        dropEldest(known.sites, SITES_REMEMBERED);
        dropEldest(firmwares, FIRMWARES);
    }

    private static <K> void dropEldest(Map<K, ?> map, int capacity) {
        if (map.size() > capacity) {
            map.remove(map.keySet().iterator().next());
        }
    }

    public Optional<FirmwareFingerprint> fingerprint(String id) {
        return Optional.ofNullable(firmwares.get(id)).map(Known::fingerprint);
    }

    /** All firmwares that were observed. */
    public List<FirmwareFingerprint> fingerprints() {
        return firmwares.values().stream().map(Known::fingerprint).toList();
    }

    /** How many sites without foreign boot servers saw each form taken. */
    public Map<String, Integer> votes(String id, Instant after) {
        Known known = firmwares.get(id);
        return known == null
                ? Map.of()
                : known.sites.values().stream()
                        .filter(word -> !word.foreignPxe && word.at.isAfter(after))
                        .collect(Collectors.groupingBy(Word::form, TreeMap::new, Collectors.summingInt(word -> 1)));
    }

    /**
     * The states that are to be written: what sites agree on and the record does not say yet. What an administrator pinned
     * stays; after a revert only what was observed later counts.
     *
     * @param current the records by fingerprint
     */
    public List<FirmwareState> verdicts(Map<String, FirmwareState> current, Instant now) {
        List<FirmwareState> verdicts = new ArrayList<>();
        for (String id : List.copyOf(firmwares.keySet())) {
            FirmwareState old = current.get(id);
            verdict(id, old, now).ifPresent(verdicts::add);
        }
        return verdicts;
    }

    private Optional<FirmwareState> verdict(String id, @Nullable FirmwareState old, Instant now) {
        if (old != null && old.pinned()) {
            return Optional.empty();
        }
        Instant after = old != null && old.form() == null ? old.since() : Instant.MIN;
        Map<String, Integer> votes = votes(id, after);
        int all = votes.values().stream().mapToInt(Integer::intValue).sum();
        return votes.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .filter(best -> best.getValue() >= SITES && 3 * (all - best.getValue()) < best.getValue())
                .filter(best -> isNews(old, best.getKey(), now))
                .flatMap(best -> fingerprint(id)
                        .map(fingerprint -> new FirmwareState(
                                fingerprint,
                                old == null ? 1 : old.revision() + 1,
                                best.getKey(),
                                false,
                                now,
                                best.getValue())));
    }

    private static boolean isNews(@Nullable FirmwareState old, String form, Instant now) {
        return old == null
                || !form.equals(old.form())
                || now.isAfter(old.since().plus(RENEWAL));
    }
}
