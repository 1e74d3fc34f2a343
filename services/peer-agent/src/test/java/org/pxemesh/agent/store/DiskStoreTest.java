package org.pxemesh.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.ChunkVerifier.Verdict;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageState;

class DiskStoreTest {
    private static final int CHUNK = 1_000;
    private static final BootDescriptor BOOT = new BootDescriptor(
            PackageKind.LINUX_NETBOOT,
            List.of(new LoaderState("bios", "linux", List.of(), "linux", "linux", List.of(), false)));

    @TempDir
    Path stateDir;

    private final byte[] content = new byte[2_500];
    private ManifestFile file;
    private byte[] manifest;
    private PackageState pkg;

    @BeforeEach
    void buildAPackage() {
        new Random(1).nextBytes(content);
        var chunker = new Chunker(CHUNK);
        chunker.update(content, 0, content.length);
        file = chunker.finish("linux");
        manifest = new Manifest(PackageId.parse("debian@12"), List.of(file), BOOT).toBytes();
        pkg = named(Sha256.of(manifest));
    }

    @Test
    void shouldOfferAFileOnlyWhenEveryChunkWasVerified() throws Exception {
        // Given
        var store = new DiskStore(stateDir);
        store.adopt(pkg, manifest);

        // When
        store.write(file.sha256(), chunk(0), bytes(0));
        store.write(file.sha256(), chunk(2), bytes(2));

        // Then verified ranges only
        assertThat(store.complete(file.sha256())).isEmpty();
        var partial = store.partial(file.sha256()).orElseThrow();
        assertThat(partial.holds(0, 1_000)).isTrue();
        assertThat(partial.holds(0, 1_001)).isFalse();
        assertThat(partial.holds(2_000, 500)).isTrue();

        // When
        store.write(file.sha256(), chunk(1), bytes(1));

        // Then
        assertThat(store.complete(file.sha256()).orElseThrow().path()).hasBinaryContent(content);
    }

    @Test
    void shouldStoreNoChunkOfOtherBytes() throws Exception {
        // Given
        var store = new DiskStore(stateDir);
        store.adopt(pkg, manifest);

        // Then
        assertThat(store.write(file.sha256(), chunk(0), bytes(1))).isEqualTo(Verdict.WRONG_DIGEST);
        assertThat(store.write(file.sha256(), chunk(0), bytes(2))).isEqualTo(Verdict.WRONG_LENGTH);
        assertThat(store.partial(file.sha256()).orElseThrow().holds(0, 1)).isFalse();
    }

    @Test
    void shouldKnowAfterARestartWhatIsThere() throws Exception {
        // Given
        var before = stored(0, 1);
        before.save();

        // When
        var after = new DiskStore(stateDir);
        var index = new ChunkIndex(after.adopt(pkg, manifest));

        // Then
        assertThat(after.holdings(index).count()).isEqualTo(2);
        assertThat(after.manifestBytes(Sha256.of(manifest))).contains(manifest);
    }

    @Test
    void shouldVerifyAgainWhatAKilledProcessHadStored() throws Exception {
        // Given a chunk that came after the last save
        var before = stored(0);
        before.save();
        before.write(file.sha256(), chunk(2), bytes(2));

        // When
        var after = new DiskStore(stateDir);
        var index = new ChunkIndex(after.adopt(pkg, manifest));

        // Then
        assertThat(after.holdings(index).count()).isEqualTo(2);
        assertThat(after.partial(file.sha256()).orElseThrow().holds(2_000, 500)).isTrue();
    }

    @Test
    void shouldNoticeAChunkThatWasDamagedOnDisk() throws Exception {
        // Given
        var before = stored(0, 1, 2);
        before.save();
        damage(before.complete(file.sha256()).orElseThrow().path());

        // When
        var after = new DiskStore(stateDir);
        var index = new ChunkIndex(after.adopt(pkg, manifest));

        // Then
        assertThat(after.complete(file.sha256())).isEmpty();
        assertThat(after.holdings(index).missing()).containsExactly(1);
    }

    @Test
    void shouldHoldAChunkNoLongerThatTheDiskLostUnnoticed() throws Exception {
        // Given
        var store = stored(0, 1, 2);
        store.save();
        damage(store.complete(file.sha256()).orElseThrow().path());

        // When it is read again
        assertThat(store.scrub(file.sha256(), chunk(0))).isTrue();
        assertThat(store.scrub(file.sha256(), chunk(1))).isFalse();

        // Then boot clients are not served it, and it can be stored anew
        assertThat(store.complete(file.sha256())).isEmpty();
        assertThat(store.partial(file.sha256()).orElseThrow().holds(1_000, 1_000))
                .isFalse();
        store.write(file.sha256(), chunk(1), bytes(1));
        assertThat(store.complete(file.sha256()).orElseThrow().path()).hasBinaryContent(content);
        assertThat(store.scrub(file.sha256(), chunk(1))).isTrue();
    }

    @Test
    void shouldReadWhatOtherPackagesHave() throws Exception {
        // Given
        var store = stored(0, 2);

        // Then bytes that are here, and no holes
        assertThat(store.read(file.sha256(), 0, 1_000)).contains(java.util.Arrays.copyOf(content, 1_000));
        assertThat(store.read(file.sha256(), 1_000, 1_000)).isEmpty();
        assertThat(store.read(Sha256.of(new byte[0]), 0, 1)).isEmpty();
        assertThat(store.kept()).extracting(kept -> kept.id().toString()).containsExactly("debian@12");
    }

    @Test
    void shouldRefuseAManifestThatHqDidNotName() {
        // Given
        var store = new DiskStore(stateDir);

        // Then
        assertThatThrownBy(() -> store.adopt(named(Sha256.of(content)), manifest))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("signed is");
        assertThat(store.manifest("debian@12")).isEmpty();
    }

    private DiskStore stored(int... chunks) throws Exception {
        var store = new DiskStore(stateDir);
        store.adopt(pkg, manifest);
        for (var n : chunks) {
            store.write(file.sha256(), chunk(n), bytes(n));
        }
        return store;
    }

    private static void damage(Path path) throws IOException {
        var modified = Files.getLastModifiedTime(path);
        try (var channel = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
            channel.position(1_500);
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        Files.setLastModifiedTime(path, FileTime.fromMillis(modified.toMillis() + 1));
    }

    private Chunk chunk(int n) {
        return file.chunks().get(n);
    }

    private ByteBuffer bytes(int n) {
        return ByteBuffer.wrap(content, n * CHUNK, Math.min(CHUNK, content.length - n * CHUNK))
                .slice();
    }

    private PackageState named(Sha256 digest) {
        return new PackageState(
                "debian",
                "12",
                1,
                digest.hex(),
                "http://hq/content/manifests/" + digest,
                2_500,
                1,
                BOOT,
                Instant.EPOCH);
    }
}
