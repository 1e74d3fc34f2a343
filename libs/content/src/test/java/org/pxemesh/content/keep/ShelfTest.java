package org.pxemesh.content.keep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.keep.Shelf.Fits;
import org.pxemesh.content.keep.Shelf.TooLarge;

class ShelfTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final KeepRules RULES = new KeepRules(100, KeepRules.NO_QUOTA);

    private final List<KeptPackage> packages = new ArrayList<>();
    private final Map<Sha256, Long> bytes = new HashMap<>();

    @Test
    void shouldEvictNothingWhereThereIsRoom() {
        keep("old", days(30), "a");

        assertThat(room(RULES, 1_000, 900)).isEqualTo(new Fits(List.of()));
    }

    @Test
    void shouldNeverTouchTheReserve() {
        assertThat(room(RULES, 1_000, 901)).isEqualTo(new TooLarge(900));
        assertThat(room(RULES, 50, 1)).isEqualTo(new TooLarge(0));
    }

    @Test
    void shouldTakeNothingFromWhatIsWholeWhenTheDiskIsFull() {
        assertThat(room(RULES, 0, 0)).isEqualTo(new Fits(List.of()));
    }

    @Test
    void shouldKeepWithinTheQuota() {
        // Given 500 bytes of content that is wanted
        want("now", "a");

        // Then
        assertThat(room(new KeepRules(0, 700), 1_000_000, 200)).isEqualTo(new Fits(List.of()));
        assertThat(room(new KeepRules(0, 700), 1_000_000, 201)).isEqualTo(new TooLarge(200));
    }

    @Test
    void shouldEvictTheLeastRecentlyUsedFirst() {
        keep("newer", days(1), "a");
        keep("older", days(9), "b");

        assertThat(room(RULES, 100, 400)).isEqualTo(new Fits(List.of(id("older"))));
        assertThat(room(RULES, 100, 600)).isEqualTo(new Fits(List.of(id("older"), id("newer"))));
    }

    @Test
    void shouldEvictRetiredOnesBeforeAll() {
        keep("older", days(9), "a");
        retire("retired", days(1), days(1), "b");

        assertThat(room(RULES, 100, 400)).isEqualTo(new Fits(List.of(id("retired"))));
    }

    @Test
    void shouldSpareWhatTheNewOneIsMadeFrom() {
        keep("version 1", days(9), "a");
        keep("other", days(2), "b");
        Shelf shelf = new Shelf(packages, bytes);

        assertThat(shelf.roomFor(RULES, 100, 400, Set.of(id("version 1")), NOW))
                .isEqualTo(new Fits(List.of(id("other"))));
        assertThat(shelf.roomFor(RULES, 100, 900, Set.of(id("version 1")), NOW))
                .isEqualTo(new Fits(List.of(id("other"), id("version 1"))));
    }

    @Test
    void shouldNotEvictWhatIsWantedForSomethingElse() {
        want("wanted", "a");

        assertThat(room(RULES, 100, 400)).isEqualTo(new TooLarge(0));
    }

    @Test
    void shouldNotEvictWhatABootMayBeReading() {
        keep("served", NOW.minus(Duration.ofMinutes(59)), "a");
        retire("retired", NOW.minus(Duration.ofMinutes(59)), days(5), "b");

        assertThat(room(RULES, 100, 1)).isEqualTo(new TooLarge(0));
    }

    @Test
    void shouldCountSharedFilesOnlyWhenTheLastPackageGoes() {
        // Given
        want("wanted", "shared");
        keep("old", days(9), "shared", "own");

        // Then
        assertThat(room(RULES, 100, 500)).isEqualTo(new Fits(List.of(id("old"))));
        assertThat(room(RULES, 100, 501)).isEqualTo(new TooLarge(500));
    }

    @Test
    void shouldEvictNothingInVain() {
        // Given one whose only file stays for the sake of another
        want("wanted", "shared");
        keep("oldest", days(20), "shared");
        keep("old", days(9), "own");

        assertThat(room(RULES, 100, 400)).isEqualTo(new Fits(List.of(id("old"))));
    }

    @Test
    void shouldLetARetiredPackageGoOnlyAfterItsGraceAndItsLastUse() {
        // Given
        retire("lately", days(9), NOW.minus(Duration.ofHours(3)), "a");
        retire("in use", NOW.minus(Duration.ofHours(3)), days(9), "b");
        retire("over", days(9), days(9), "c");
        keep("cache", days(400), "d");

        // Then
        assertThat(new Shelf(packages, bytes).expired(NOW, Duration.ofHours(4))).containsExactly(id("over"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHoldItsPromisesOnAnyShelf(long seed) {
        // Given any shelf
        Random random = new Random(seed);
        for (int n = 0; n < 20; n++) {
            String[] files = random.ints(3, 0, 25).mapToObj(f -> "f" + f).toArray(String[]::new);
            packages.add(kept("p" + n, random.nextInt(3) == 0, random.nextBoolean() ? days(5) : null, days(n), files));
            Arrays.stream(files).forEach(file -> bytes.put(id(file), 100L + Math.abs(file.hashCode() % 900)));
        }
        Shelf shelf = new Shelf(packages, bytes);
        KeepRules rules = new KeepRules(1_000, shelf.used() + 500);
        for (int n = 0; n < 200; n++) {
            long free = random.nextInt(5_000);
            long needed = random.nextInt(20_000);

            // When
            Shelf.Room room = shelf.roomFor(rules, free, needed, Set.of(), NOW);

            // Then after the evictions it fits, nothing wanted went, and each of them was needed
            switch (room) {
                case Fits(var evict) -> {
                    assertThat(left(shelf, rules, free, evict)).isGreaterThanOrEqualTo(needed);
                    assertThat(shelf.packages())
                            .filteredOn(KeptPackage::wanted)
                            .noneMatch(kept -> evict.contains(kept.manifest()));
                    for (Sha256 one : evict) {
                        var others = evict.stream()
                                .filter(other -> !other.equals(one))
                                .toList();
                        assertThat(left(shelf, rules, free, others)).isLessThan(needed);
                    }
                }
                case TooLarge(var most) -> assertThat(most).isLessThan(needed);
            }
        }
    }

    private static long left(Shelf shelf, KeepRules rules, long free, List<Sha256> evict) {
        long freed = evict.isEmpty()
                ? 0
                : shelf.orphansWithout(evict).stream()
                        .mapToLong(file -> shelf.bytes().getOrDefault(file, 0L))
                        .sum();
        return rules.room(free + freed, shelf.used() - freed);
    }

    private Shelf.Room room(KeepRules rules, long free, long needed) {
        return new Shelf(packages, bytes).roomFor(rules, free, needed, Set.of(), NOW);
    }

    private void want(String name, String... files) {
        add(kept(name, true, null, days(50), files), files);
    }

    private void keep(String name, Instant lastUsed, String... files) {
        add(kept(name, false, null, lastUsed, files), files);
    }

    private void retire(String name, Instant lastUsed, Instant retiredSince, String... files) {
        add(kept(name, false, retiredSince, lastUsed, files), files);
    }

    private void add(KeptPackage kept, String... files) {
        packages.add(kept);
        Arrays.stream(files).forEach(file -> bytes.put(id(file), 500L));
    }

    private static KeptPackage kept(
            String name, boolean wanted, @Nullable Instant retired, Instant used, String... files) {
        Set<Sha256> all = Arrays.stream(files).map(ShelfTest::id).collect(Collectors.toSet());
        return new KeptPackage(id(name), all, wanted, retired, used);
    }

    private static Instant days(int ago) {
        return NOW.minus(Duration.ofDays(ago));
    }

    private static Sha256 id(String name) {
        return Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    }
}
