package org.pxemesh.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageState;

class ScrubberTest {
    private static final int SIZE = 5_000;
    private static final int FILES = 3;
    private static final BootDescriptor BOOT = new BootDescriptor(
            PackageKind.LINUX_NETBOOT,
            List.of(new LoaderState("bios", "file0", List.of(), "file0", "file0", List.of(), false)));

    @TempDir
    Path stateDir;

    private final List<Sha256> lost = new CopyOnWriteArrayList<>();
    private final AtomicLong read = new AtomicLong();
    private final List<ManifestFile> files = new ArrayList<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private DiskStore store;

    @BeforeEach
    void holdThreeFiles() throws Exception {
        for (var n = 0; n < FILES; n++) {
            var bytes = new byte[SIZE];
            new Random(n).nextBytes(bytes);
            var chunker = new Chunker(1_000);
            chunker.update(bytes, 0, SIZE);
            files.add(chunker.finish("file" + n));
            contents.put("file" + n, bytes);
        }
        store = new DiskStore(stateDir);
        var manifest = new Manifest(PackageId.parse("debian@12"), files, BOOT).toBytes();
        var digest = Sha256.of(manifest).hex();
        store.adopt(
                new PackageState("debian", "12", 1, digest, "http://hq/" + digest, 1, 1, BOOT, Instant.EPOCH),
                manifest);
        for (var n = 0; n < FILES; n++) {
            for (var chunk : files.get(n).chunks()) {
                store.write(
                        files.get(n).sha256(),
                        chunk,
                        ByteBuffer.wrap(contents.get("file" + n), (int) chunk.offset(), chunk.length())
                                .slice());
            }
        }
        files.sort(Comparator.comparing(ManifestFile::sha256));
    }

    @Test
    void shouldFindWhatTheDiskLostAndTellOnce() throws Exception {
        // Given
        damage(files.get(1), 2_500);
        var scrubber = scrubber(0);

        // When
        scrubber.passNow();
        scrubber.passNow();

        // Then what is not held any more is not read again either
        assertThat(lost).containsExactly(files.get(1).sha256());
        assertThat(read).hasValue(2 * FILES * SIZE - 1_000);
    }

    @Test
    void shouldGoOnWhereItStoppedBeforeARestart() throws Exception {
        // Given a pass that had come to the first file's end, and damage on both sides of it
        damage(files.get(0), 0);
        damage(files.get(2), 0);
        Files.writeString(
                store.directory().resolve("scrubbed"), files.get(0).sha256().hex());

        // When
        try (var scrubber = scrubber(1L << 30)) {
            scrubber.start();

            // Then
            await().atMost(Duration.ofSeconds(10)).until(() -> read.get() == 2 * SIZE);
        }
        assertThat(lost).containsExactly(files.get(2).sha256());
    }

    @Test
    void shouldTakeAFileThatIsGoneAsLost() throws Exception {
        // Given
        Files.delete(store.complete(files.get(0).sha256()).orElseThrow().path());

        // When
        scrubber(0).passNow();

        // Then
        assertThat(lost).hasSize(5).containsOnly(files.get(0).sha256());

        // and it can be gathered anew
        var chunk = files.get(0).chunks().getFirst();
        var original = contents.get(files.get(0).path());
        store.write(files.get(0).sha256(), chunk, ByteBuffer.wrap(original, 0, chunk.length()));
        assertThat(store.partial(files.get(0).sha256()).orElseThrow().holds(0, chunk.length()))
                .isTrue();
    }

    private Scrubber scrubber(long rate) {
        return new Scrubber(store, rate, (file, chunk) -> lost.add(file), read::addAndGet);
    }

    private void damage(ManifestFile file, long at) throws Exception {
        var path = store.complete(file.sha256()).orElseThrow().path();
        try (var bytes = new RandomAccessFile(path.toFile(), "rw")) {
            bytes.seek(at);
            var one = bytes.read();
            bytes.seek(at);
            bytes.write(~one);
        }
    }
}
