package org.pxemesh.policy.firmware;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.FirmwareFingerprint;
import org.pxemesh.events.FirmwareObserved;
import org.pxemesh.events.FirmwareState;

/**
 * What sites observed of each firmware, the last word of each site. Three sites without foreign boot servers that agree,
 * and no third as many that do not, make a verdict.
 *
 * <p>Observations are not authenticated, so that each is bounded in what it can do: only sites that HQ knows have a vote,
 * one each; a site speaks of {@link #FIRMWARES_OF_A_SITE} firmwares, and what it says beyond pushes out its own words and
 * nobody else's; no more than {@link #LEARNED} firmwares are learned without an administrator. Not for several threads.
 */
public final class FirmwareConsensus {

    /** Sites that must agree. */
    public static final int SITES = 3;

    /** After this long a confirmation is written anew, so that the record does not age while machines still say so. */
    private static final Duration RENEWAL = Duration.ofDays(30);

    /** More models and firmware versions than a branch has. */
    public static final int FIRMWARES_OF_A_SITE = 256;

    /** Every agent keeps all that was learned, and its memory must not grow with the enterprise. */
    public static final int LEARNED = 1024;

    private static final int FIRMWARES = 4096;
    private static final int SITES_REMEMBERED = 256;

    private record Word(String form, boolean foreignPxe, Instant at) {}

    private record Known(FirmwareFingerprint fingerprint, Map<UUID, Word> sites) {}

    private final Map<String, Known> firmwares = new LinkedHashMap<>(64, 0.75f, true);

    /** What each site spoke of; the longest ago first. */
    private final Map<UUID, Set<String>> spokenOf = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A word of a site; of several the latest counts.
     *
     * @param at when it was observed, not in the future: it would outlast what the site says next
     */
    public void observed(FirmwareObserved event, Instant at) {
        spoke(event.siteId(), event.fingerprint().id());
        Known known = firmwares.computeIfAbsent(
                event.fingerprint().id(), id -> new Known(event.fingerprint(), new LinkedHashMap<>(8, 0.75f, true)));
        known.sites.merge(
                event.siteId(),
                new Word(event.form(), event.foreignPxe(), at),
                (old, now) -> now.at.isBefore(old.at) ? old : now);
        dropEldest(known.sites, SITES_REMEMBERED);
        if (firmwares.size() > FIRMWARES) {
            dropLeastSeen(event.fingerprint().id());
        }
    }

    private void spoke(UUID site, String id) {
        Set<String> ids = spokenOf.computeIfAbsent(site, unheard -> new LinkedHashSet<>());
        ids.remove(id);
        ids.add(id);
        if (ids.size() > FIRMWARES_OF_A_SITE) {
            String eldest = ids.iterator().next();
            ids.remove(eldest);
            unsay(site, eldest);
        }
        dropEldest(spokenOf, FIRMWARES);
    }

    private void unsay(UUID site, String id) {
        Known known = firmwares.get(id);
        if (known != null) {
            known.sites.remove(site);
            if (known.sites.isEmpty()) {
                firmwares.remove(id);
            }
        }
    }

    /** What one site alone made up goes before what several saw; among equals what was quiet longest. */
    private void dropLeastSeen(String but) {
        firmwares.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(but))
                .min(Comparator.comparingInt(entry -> entry.getValue().sites.size()))
                .map(Map.Entry::getKey)
                .ifPresent(firmwares::remove);
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

    /**
     * How many sites without foreign boot servers saw each form taken.
     *
     * @param sites that have a vote: those that HQ knows
     */
    public Map<String, Integer> votes(String id, Instant after, Set<UUID> sites) {
        return words(id).stream()
                .filter(word -> !word.foreignPxe() && word.at().isAfter(after) && sites.contains(word.siteId()))
                .collect(Collectors.groupingBy(SiteWord::form, TreeMap::new, Collectors.summingInt(word -> 1)));
    }

    /**
     * What one site said last of a firmware.
     *
     * @param foreignPxe whether other boot servers answer there, so that it does not count
     */
    public record SiteWord(UUID siteId, String form, boolean foreignPxe, Instant at) {}

    /** Who says what of a firmware, so that an administrator can find who is wrong. */
    public List<SiteWord> words(String id) {
        Known known = firmwares.get(id);
        return known == null
                ? List.of()
                : known.sites.entrySet().stream()
                        .map(entry -> new SiteWord(
                                entry.getKey(),
                                entry.getValue().form,
                                entry.getValue().foreignPxe,
                                entry.getValue().at))
                        .toList();
    }

    /**
     * The states that are to be written: what sites agree on and the record does not say yet. What an administrator pinned
     * stays; after a revert only what was observed later counts.
     *
     * @param current the records by fingerprint
     * @param sites that HQ knows
     */
    public List<FirmwareState> verdicts(Map<String, FirmwareState> current, Set<UUID> sites, Instant now) {
        List<FirmwareState> verdicts = new ArrayList<>();
        int left = LEARNED - current.size();
        for (String id : List.copyOf(firmwares.keySet())) {
            FirmwareState old = current.get(id);
            Optional<FirmwareState> verdict = verdict(id, old, sites, now);
            if (verdict.isPresent() && (old != null || left-- > 0)) {
                verdicts.add(verdict.get());
            }
        }
        return verdicts;
    }

    private Optional<FirmwareState> verdict(String id, @Nullable FirmwareState old, Set<UUID> sites, Instant now) {
        if (old != null && old.pinned()) {
            return Optional.empty();
        }
        Instant after = old != null && old.form() == null ? old.since() : Instant.MIN;
        Map<String, Integer> votes = votes(id, after, sites);
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
