package org.pxemesh.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.agent.uplink.Records.NOW;
import static org.pxemesh.agent.uplink.Records.SITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.SignedRecord;

class SnapshotStoreTest {
    private static final String HQ = "cluster-1";
    private static final Map<String, Long> OFFSETS = Map.of("pxemesh.down.site/0", 7L);

    @TempDir
    Path stateDir;

    private final Records hq = new Records();

    @Test
    void shouldActOnWhatHqSigned() {
        // Given
        var store = store();
        var changes = new AtomicInteger();
        store.onChange(changes::incrementAndGet);

        // When
        var first = store.take(HQ, hq.site(1, "Paris"));
        var again = store.take(HQ, hq.site(1, "Paris"));
        var newer = store.take(HQ, hq.site(2, "Lyon"));
        var late = store.take(HQ, hq.site(1, "Paris"));

        // Then
        assertThat(first).isEqualTo(new Verdict.Applied());
        assertThat(newer).isEqualTo(new Verdict.Applied());
        assertThat(again).isEqualTo(late).isEqualTo(new Verdict.Known());
        assertThat(siteName(store)).isEqualTo("Lyon");
        assertThat(changes).hasValue(2);
    }

    @Test
    void shouldRefuseWhatIsUnsignedAlteredForeignOrMisplaced() {
        // Given
        var store = store();
        var good = hq.site(1, "Paris");
        var envelope = good.envelope();
        var altered = envelope.data().clone();
        altered[altered.length - 2] ^= 1;

        // Then
        assertThat(reason(
                        store, new SignedRecord(good.topic(), good.key(), with(envelope, null, null, envelope.data()))))
                .contains("not signed");
        assertThat(reason(
                        store,
                        new SignedRecord(
                                good.topic(),
                                good.key(),
                                with(envelope, envelope.keyId(), envelope.signature(), altered))))
                .contains("altered");
        assertThat(reason(store, new Records().site(1, "Paris"))).contains("trusted are");
        assertThat(reason(store, new SignedRecord("pxemesh.down.policy", good.key(), envelope)))
                .contains("altered");
        assertThat(reason(store, new SignedRecord("pxemesh.up.boot", good.key(), envelope)))
                .contains("none of those that agents follow");
        assertThat(store.policy().sites()).isEmpty();
    }

    @Test
    void shouldRefuseAnEpochThatExpired() {
        assertThat(reason(store(), hq.epoch(1, NOW.minus(Duration.ofDays(31))))).contains("expired");
    }

    @Test
    void shouldJudgeTimeByTheLaterOfTheClockAndHq() {
        // Given a clock that was set back
        var store = store();

        // When
        store.take(HQ, hq.epoch(1, NOW.plus(Duration.ofDays(2))));

        // Then
        assertThat(store.now()).isEqualTo(NOW.plus(Duration.ofDays(2)));
    }

    @Test
    void shouldKeepRecordsAndOffsetsAcrossARestart() {
        // Given
        var before = store();
        before.take(HQ, hq.site(1, "Paris"));
        before.caughtUp(HQ, OFFSETS);
        before.save();

        // When
        var after = store();
        after.load();

        // Then
        assertThat(after.policy().sites()).containsKey(SITE);
        assertThat(after.offsets(HQ)).isEqualTo(OFFSETS);
        assertThat(after.offsets("another")).isEmpty();
        assertThat(after.agreesWith(before.told())).isTrue();
    }

    @Test
    void shouldReadFromTheStartWhenAKeptRecordIsNoLongerTrusted() {
        // Given
        var before = store();
        before.take(HQ, hq.site(1, "Paris"));
        before.caughtUp(HQ, OFFSETS);
        before.save();

        // When the trusted key is another one
        var after = new SnapshotStore(stateDir, new Records().trusted(), Clock.fixed(NOW, ZoneOffset.UTC));
        after.load();

        // Then
        assertThat(after.policy().sites()).isEmpty();
        assertThat(after.offsets(HQ)).isEmpty();
    }

    @Test
    void shouldReplaceTheSnapshotOfAnotherClusterOnlyAsAWhole() {
        // Given what the former HQ said
        var store = store();
        store.take(HQ, hq.epoch(1, NOW));
        store.take(HQ, hq.site(9, "Paris"));
        store.caughtUp(HQ, OFFSETS);

        // When HQ is set up anew, with lower revisions
        store.take("cluster-2", hq.site(1, "Lyon"));
        assertThat(siteName(store)).isEqualTo("Paris");
        store.take("cluster-2", hq.epoch(1, NOW.plusSeconds(60)));
        store.caughtUp("cluster-2", Map.of());

        // Then
        assertThat(siteName(store)).isEqualTo("Lyon");
    }

    /** Each peer that is told reports itself, HQ makes a hint of that, and the uplink reads it: a loop through HQ. */
    @Test
    void shouldTellNobodyThatNothingIsNew() {
        // Given
        var store = store();
        store.take(HQ, hq.site(1, "Paris"));
        store.caughtUp(HQ, OFFSETS);
        var changes = new AtomicInteger();
        store.onChange(changes::incrementAndGet);

        // When
        store.caughtUp(HQ, OFFSETS);
        store.caughtUp(HQ, Map.of("pxemesh.down.site/0", 99L));

        // Then
        assertThat(changes).hasValue(0);
        assertThat(store.offsets(HQ)).containsEntry("pxemesh.down.site/0", 99L);
    }

    @Test
    void shouldKeepTheSnapshotWhenTheOtherClusterIsOlderOrSaysNothing() {
        // Given
        var store = store();
        store.take(HQ, hq.epoch(5, NOW));
        store.take(HQ, hq.site(9, "Paris"));
        store.caughtUp(HQ, OFFSETS);

        // When somebody replays what HQ once said
        store.take("replay", hq.epoch(1, NOW.minusSeconds(60)));
        store.take("replay", hq.site(1, "Lyon"));
        store.caughtUp("replay", Map.of());
        store.caughtUp("empty", Map.of());

        // Then
        assertThat(siteName(store)).isEqualTo("Paris");
        assertThat(store.offsets(HQ)).isEqualTo(OFFSETS);
    }

    @Test
    void shouldForgetByATombstoneOnlyWhatHqDeclaredDeleted() {
        // Given
        var store = store();
        store.take(HQ, hq.site(1, "Paris"));

        // When a tombstone comes that nobody signed
        store.bury(HQ, "pxemesh.down.site", SITE.toString());

        // Then
        assertThat(store.policy().sites()).containsKey(SITE);

        // When HQ says so, and forgets it later
        store.take(HQ, hq.siteDeleted(2));
        var deleted = store.told();
        store.bury(HQ, "pxemesh.down.site", SITE.toString());

        // Then neighbours that still know of the deletion agree
        assertThat(store.policy().sites()).isEmpty();
        assertThat(store.agreesWith(deleted)).isTrue();
        assertThat(store.page("").records()).isEmpty();
    }

    @Test
    void shouldHandOutAllRecordsPageByPage() {
        // Given
        var store = store();
        store.take(HQ, hq.site(1, "Paris"));
        store.take(HQ, hq.epoch(1, NOW));

        // When
        var page = store.page("");

        // Then
        assertThat(page.records()).hasSize(2);
        assertThat(page.next()).isEmpty();
        assertThat(store.page("pxemesh.down.epoch\0epoch").records()).hasSize(1);
    }

    private static String siteName(SnapshotStore store) {
        return Objects.requireNonNull(store.policy().sites().get(SITE)).name();
    }

    private SnapshotStore store() {
        return new SnapshotStore(stateDir, hq.trusted(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static String reason(SnapshotStore store, SignedRecord record) {
        var verdict = store.take(HQ, record);
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).reason();
    }

    private static Envelope with(Envelope envelope, @Nullable String keyId, byte @Nullable [] signature, byte[] data) {
        return new Envelope(envelope.id(), envelope.source(), envelope.type(), envelope.time(), keyId, signature, data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"cluster\":\"c\",\"offsets\":{},\"records\":[null]}"})
    void shouldStartWithNothingWhenItsFileIsDamaged(String kept) throws IOException {
        // Given
        Files.writeString(stateDir.resolve("snapshot.json"), kept);

        // When
        var store = new SnapshotStore(stateDir, new Records().trusted(), Clock.fixed(NOW, ZoneOffset.UTC));
        store.load();

        // Then
        assertThat(store.told().records()).isZero();
        assertThat(store.offsets("c")).isEmpty();
    }
}
