package org.pxemesh.packageservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pxemesh.content.Sha256;
import org.pxemesh.packageservice.store.Garbage.Catalog;
import org.pxemesh.packageservice.store.Garbage.Disk;

class GarbageTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant OLD = NOW.minus(Duration.ofDays(100));
    private static final Instant LATELY = NOW.minus(Duration.ofDays(6));
    private static final Duration GRACE = Duration.ofDays(7);

    private static final Sha256 M1 = digest("manifest 1");
    private static final Sha256 M2 = digest("manifest 2");
    private static final Sha256 ONE = digest("only in 1");
    private static final Sha256 BOTH = digest("in both");
    private static final Sha256 TWO = digest("only in 2");

    private static final Disk DISK = new Disk(
            Map.of(M1, Set.of(ONE, BOTH), M2, Set.of(BOTH, TWO)),
            Map.of(M1, OLD, M2, OLD),
            Map.of(ONE, OLD, BOTH, OLD, TWO, OLD));

    @Test
    void shouldKeepAllThatVersionsInUseName() {
        assertThat(decide(DISK, Set.of(M1, M2), Map.of()).isEmpty()).isTrue();
    }

    @Test
    void shouldKeepARetiredVersionUntilItsGraceIsOver() {
        assertThat(decide(DISK, Set.of(M2), Map.of(M1, LATELY)).isEmpty()).isTrue();
    }

    @Test
    void shouldTakeWhatOnlyAVersionHadThatWasRetiredLongAgo() {
        // When
        Garbage garbage = decide(DISK, Set.of(M2), Map.of(M1, OLD));

        // Then what the other version names too stays
        assertThat(garbage.manifests()).containsExactly(M1);
        assertThat(garbage.files()).containsExactly(ONE);
    }

    @Test
    void shouldTakeTheFilesThatACollectionBeforeACrashLeft() {
        // Given its manifest is gone already
        Disk crashed = new Disk(Map.of(M2, Set.of(BOTH, TWO)), Map.of(M2, OLD), DISK.files());

        // Then
        assertThat(decide(crashed, Set.of(M2), Map.of(M1, OLD)).files()).containsExactly(ONE);
    }

    @Test
    void shouldLeaveWhatMayBeABuildWithoutItsRecordYet() {
        // Given a manifest without a record, written lately, that names old files too
        Disk fresh = new Disk(DISK.filesOf(), Map.of(M1, LATELY, M2, OLD), DISK.files());

        // Then
        assertThat(decide(fresh, Set.of(M2), Map.of()).isEmpty()).isTrue();
        assertThat(decide(DISK, Set.of(M2), Map.of()).manifests()).containsExactly(M1);
    }

    @Test
    void shouldLeaveFilesThatNobodyNamesYet() {
        // Given
        Disk fresh = new Disk(Map.of(), Map.of(), Map.of(ONE, LATELY, TWO, OLD));

        // Then
        assertThat(decide(fresh, Set.of(), Map.of()).files()).containsExactly(TWO);
    }

    @Test
    void shouldTakeNothingWhileItDoesNotKnowWhatALiveVersionNames() {
        assertThatThrownBy(() -> decide(new Disk(Map.of(), Map.of(), DISK.files()), Set.of(M1), Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(M1.hex());
    }

    private static Garbage decide(Disk disk, Set<Sha256> live, Map<Sha256, Instant> retired) {
        return Garbage.of(disk, new Catalog(live, retired), NOW, GRACE);
    }

    private static Sha256 digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
