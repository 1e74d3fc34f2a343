package org.pxemesh.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageState;

/** A process that stores chunks, ended by SIGKILL in the middle. */
class KilledStoreIT {
    private static final int SIZE = 24 << 20;
    private static final BootDescriptor BOOT = new BootDescriptor(
            PackageKind.LINUX_NETBOOT,
            List.of(new LoaderState("bios", "linux", List.of(), "linux", "linux", List.of(), false)));

    @TempDir
    Path stateDir;

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 90})
    void shouldFetchNothingAgainThatWasStored(int chunks) throws Exception {
        // Given
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Gatherer.class.getName(),
                        stateDir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<Integer> stored = new HashSet<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            while (stored.size() < chunks) {
                stored.add(Integer.parseInt(lines.readLine()));
            }
            // When
            process.toHandle().destroyForcibly();
            lines.lines().filter(line -> !line.isEmpty()).forEach(line -> stored.add(Integer.parseInt(line)));
        }
        process.waitFor();

        // Then the next process has all of it, also what came after the last save of the index
        var made = Made.make();
        var store = new DiskStore(stateDir);
        var index = new ChunkIndex(store.adopt(made.pkg, made.manifest));
        var held = store.holdings(index);
        assertThat(stored).allMatch(held::has);
        assertThat(held.count()).isBetween(stored.size(), stored.size() + 1);
        assertThat(held.isComplete()).isFalse();
    }

    /** The package of both processes. */
    private record Made(byte[] content, ManifestFile file, byte[] manifest, PackageState pkg) {
        static Made make() {
            var content = new byte[SIZE];
            new Random(7).nextBytes(content);
            var chunker = new Chunker();
            chunker.update(content, 0, SIZE);
            var file = chunker.finish("linux");
            var manifest = new Manifest(PackageId.parse("debian@12"), List.of(file), BOOT).toBytes();
            var digest = Sha256.of(manifest).hex();
            return new Made(
                    content,
                    file,
                    manifest,
                    new PackageState(
                            "debian",
                            "12",
                            1,
                            digest,
                            "http://hq/content/manifests/" + digest,
                            SIZE,
                            1,
                            BOOT,
                            Instant.EPOCH));
        }
    }

    /** Stores chunk after chunk but the last, tells of each, and saves the index now and then. */
    static final class Gatherer {
        private Gatherer() {}

        public static void main(String[] args) throws Exception {
            var made = Made.make();
            var store = new DiskStore(Path.of(args[0]));
            store.adopt(made.pkg, made.manifest);
            var chunks = made.file.chunks();
            for (var n = 0; n < chunks.size() - 1; n++) {
                var chunk = chunks.get(n);
                store.write(
                        made.file.sha256(),
                        chunk,
                        ByteBuffer.wrap(made.content, (int) chunk.offset(), chunk.length())
                                .slice());
                System.out.println(n);
                if (n % 16 == 15) {
                    store.save();
                }
            }
            Thread.currentThread().join();
        }
    }
}
