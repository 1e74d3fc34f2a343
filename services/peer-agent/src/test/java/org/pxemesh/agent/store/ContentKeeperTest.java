package org.pxemesh.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.keep.KeepRules;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageRetired;
import org.pxemesh.events.PackageState;
import org.pxemesh.policy.PolicySnapshot;

class ContentKeeperTest {
    private static final int SIZE = 10_000;
    private static final BootDescriptor BOOT = new BootDescriptor(
            PackageKind.LINUX_NETBOOT,
            List.of(new LoaderState("bios", "linux", List.of(), "linux", "linux", List.of(), false)));

    @TempDir
    Path stateDir;

    private final AtomicInteger evicted = new AtomicInteger();
    private Instant now = Instant.now();
    private long free = 1_000_000;
    private DiskStore store;
    private PackageState one;
    private PackageState two;

    @BeforeEach
    void holdTwoPackages() throws Exception {
        store = new DiskStore(stateDir);
        one = hold("1");
        two = hold("2");
    }

    @Test
    void shouldKeepWhatAPolicyDropped() {
        // Given
        var keeper = keeper(KeepRules.NO_QUOTA);
        keeper.want(List.of(one));

        // When the policy is disabled, for months
        keeper.want(List.of());
        now = now.plus(Duration.ofDays(100));

        // Then a policy that is enabled again costs the WAN nothing
        assertThat(keeper.sweep(live(one, two), now)).isZero();
        assertThat(files()).hasSize(2);
    }

    @Test
    void shouldEvictTheLeastRecentlyUsedForWhatIsWanted() {
        // Given that the first was dropped before the second
        var keeper = keeper(3 * SIZE);
        keeper.want(List.of(one, two));
        keeper.want(List.of(two));
        now = now.plus(Duration.ofHours(2));
        keeper.want(List.of());
        now = now.plus(Duration.ofHours(2));

        // When
        assertThat(keeper.admit("new@1", 2 * SIZE, 0, Set.of())).isEmpty();

        // Then
        assertThat(evicted).hasValue(1);
        assertThat(store.manifest("debian@1")).isEmpty();
        assertThat(store.manifest("debian@2")).isPresent();
        assertThat(files()).hasSize(1);
    }

    @Test
    void shouldNotEvictWhatIsWantedAndSayWhatIsMissing() {
        // Given
        var keeper = keeper(3 * SIZE);
        keeper.want(List.of(one, two));
        now = now.plus(Duration.ofDays(1));

        // Then what is promised to others counts too
        assertThat(keeper.admit("new@1", SIZE, 0, Set.of())).isEmpty();
        assertThat(keeper.admit("new@1", SIZE, 1, Set.of())).isPresent();
        assertThat(keeper.admit("new@1", 2_000_000, 0, Set.of()).orElseThrow().reason())
                .contains("needs 2 MB more", "1 MB may be used", "pxemesh.content.reserve", "pxemesh.content.quota");
        assertThat(files()).hasSize(2);
    }

    @Test
    void shouldNotEvictWhatABootMayBeReading() throws Exception {
        // Given a file that is served now
        var keeper = keeper(2 * SIZE);
        keeper.want(List.of());
        now = now.plus(Duration.ofMinutes(30));
        store.complete(digestOf("1"));
        store.complete(digestOf("2"));

        // Then
        assertThat(keeper.admit("new@1", SIZE, 0, Set.of())).isPresent();
        assertThat(files()).hasSize(2);
    }

    @Test
    void shouldNoticeThatSomebodyElseFillsTheDisk() {
        // Given
        var keeper = keeper(KeepRules.NO_QUOTA);
        free = 1_000;

        // Then the first chunk that does not fit is refused, not the tenth
        assertThat(keeper.mayStore(600)).isEmpty();
        assertThat(keeper.mayStore(600).orElseThrow().room()).isEqualTo(400);
    }

    @Test
    void shouldFreeTheDiskOfARetiredPackageOnlyWhenNoBootCanBeReadingIt() {
        // Given
        var keeper = keeper(KeepRules.NO_QUOTA);
        keeper.sweep(live(one, two), now);
        now = now.plus(Duration.ofDays(1));

        // When it is retired
        assertThat(keeper.sweep(retired(), now)).isZero();

        // Then it is served on, also over a restart of the agent
        keeper.save();
        keeper = keeper(KeepRules.NO_QUOTA);
        now = now.plus(ContentKeeper.GRACE.minusMinutes(1));
        assertThat(keeper.sweep(retired(), now)).isZero();
        assertThat(files()).hasSize(2);

        // When the grace is over
        now = now.plus(Duration.ofMinutes(2));
        assertThat(keeper.sweep(retired(), now)).isEqualTo(1);

        // Then
        assertThat(store.manifest("debian@1")).isEmpty();
        assertThat(store.manifest("debian@2")).isPresent();
        assertThat(files()).hasSize(1);
    }

    @Test
    void shouldForgetARetirementThatWasNone() {
        // Given a snapshot that was being read anew, and so knew no package for a while
        var keeper = keeper(KeepRules.NO_QUOTA);
        keeper.sweep(live(), now);

        // When
        now = now.plus(Duration.ofHours(3));
        keeper.sweep(live(one, two), now);
        now = now.plus(Duration.ofHours(3));
        keeper.sweep(live(), now);

        // Then
        assertThat(files()).hasSize(2);
    }

    @Test
    void shouldTakeNothingAwayOnAStaleWord() {
        assertThat(keeper(KeepRules.NO_QUOTA).sweep(PolicySnapshot.EMPTY, now.plus(Duration.ofDays(99))))
                .isZero();
        assertThat(files()).hasSize(2);
    }

    @Test
    void shouldSweepFilesThatNoManifestNames() throws Exception {
        // Given one of an eviction that was cut off, and one that may be just coming
        var directory = store.directory().resolve("files");
        var old = Files.writeString(directory.resolve("a".repeat(64)), "x");
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(2))));
        var fresh = Files.writeString(directory.resolve("b".repeat(64)), "x");

        // When
        keeper(KeepRules.NO_QUOTA).sweep(live(one, two), now);

        // Then
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(files()).hasSize(3);
    }

    @Test
    void shouldNameTheSettingThatCannotBeRead() {
        assertThat(space().rules(settings(null, null))).isEqualTo(new KeepRules(2L << 30, KeepRules.NO_QUOTA));
        assertThat(space().rules(settings("10%", "1K"))).isEqualTo(new KeepRules(1_000_000, 1024));
        assertThatThrownBy(() -> space().rules(settings(null, "lots")))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("pxemesh.content.quota: \"lots\"");
    }

    private ContentKeeper keeper(long quota) {
        return new ContentKeeper(store, new KeepRules(0, quota), space(), () -> now, evicted::incrementAndGet);
    }

    private ContentSpace space() {
        return new ContentSpace() {
            @Override
            public long free() {
                return free;
            }

            @Override
            public long total() {
                return 10_000_000;
            }
        };
    }

    private static AgentConfig.Content settings(
            @org.jspecify.annotations.Nullable String reserve, @org.jspecify.annotations.Nullable String quota) {
        return new AgentConfig.Content() {
            @Override
            public Optional<String> reserve() {
                return Optional.ofNullable(reserve);
            }

            @Override
            public Optional<String> quota() {
                return Optional.ofNullable(quota);
            }

            @Override
            public String scrubRate() {
                return "0";
            }
        };
    }

    private PolicySnapshot live(PackageState... packages) {
        var snapshot = PolicySnapshot.EMPTY.apply(new EpochRenewed(1, now, now.plus(Duration.ofDays(30))));
        for (var pkg : packages) {
            snapshot = snapshot.apply(new PackageBuilt(pkg));
        }
        return snapshot;
    }

    private PolicySnapshot retired() {
        return live(one, two)
                .apply(new PackageRetired(new PackageState(
                        one.name(),
                        one.version(),
                        2,
                        one.manifestSha256(),
                        one.manifestUrl(),
                        one.bytes(),
                        one.files(),
                        BOOT,
                        now)));
    }

    private List<String> files() {
        try (var all = Files.list(store.directory().resolve("files"))) {
            return all.map(file -> file.getFileName().toString())
                    .filter(Sha256::isValid)
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Sha256 digestOf(String version) {
        return store.manifest("debian@" + version)
                .orElseThrow()
                .files()
                .getFirst()
                .sha256();
    }

    private PackageState hold(String version) throws Exception {
        var bytes = new byte[SIZE];
        new Random(version.hashCode()).nextBytes(bytes);
        var chunker = new Chunker();
        chunker.update(bytes, 0, SIZE);
        ManifestFile file = chunker.finish("linux");
        var manifest = new Manifest(new PackageId("debian", version), List.of(file), BOOT).toBytes();
        var digest = Sha256.of(manifest).hex();
        var pkg = new PackageState(
                "debian", version, 1, digest, "http://hq/content/manifests/" + digest, SIZE, 1, BOOT, now);
        store.adopt(pkg, manifest);
        store.write(file.sha256(), file.chunks().getFirst(), ByteBuffer.wrap(bytes));
        store.save();
        return pkg;
    }
}
