package org.pxemesh.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.ChunkVerifier.Verdict;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageState;

/** A real file system of 6 MB that runs full; needs root for the mount. */
class FullDiskLabIT {
    private static final int SIZE = 4 << 20;
    private static final BootDescriptor BOOT = new BootDescriptor(
            PackageKind.LINUX_NETBOOT,
            List.of(new LoaderState("bios", "linux", List.of(), "linux", "linux", List.of(), false)));

    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void shouldLiveThroughADiskThatRunsFullInTheMiddle() throws Exception {
        // Given a package that is being gathered
        var content = new byte[SIZE];
        new Random(3).nextBytes(content);
        var chunker = new Chunker();
        chunker.update(content, 0, SIZE);
        var file = chunker.finish("linux");
        var manifest = new Manifest(PackageId.parse("debian@12"), List.of(file), BOOT).toBytes();
        var digest = Sha256.of(manifest).hex();
        var pkg = new PackageState("debian", "12", 1, digest, "http://hq/" + digest, SIZE, 1, BOOT, Instant.EPOCH);
        var store = new DiskStore(disk);
        var index = new ChunkIndex(store.adopt(pkg, manifest));
        var half = index.size() / 2;
        for (var n = 0; n < half; n++) {
            store(store, index.ref(n), content);
        }
        store.save();

        // When somebody else fills the disk
        var filler = disk.resolve("filler");
        assertThatThrownBy(() -> Files.write(filler, new byte[2 * SIZE])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> {
                    for (var n = half; n < index.size(); n++) {
                        store(store, index.ref(n), content);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("space");
        store.save();

        // Then what was stored is there, in this process and in the next
        var held = store.holdings(index).count();
        assertThat(held).isGreaterThanOrEqualTo(half);
        var after = new DiskStore(disk);
        after.adopt(pkg, manifest);
        assertThat(after.holdings(index).count()).isGreaterThanOrEqualTo(held);

        // and it is finished when there is space again
        Files.delete(filler);
        for (var n = 0; n < index.size(); n++) {
            store(after, index.ref(n), content);
        }
        after.save();
        assertThat(after.complete(file.sha256()).orElseThrow().path()).hasBinaryContent(content);
    }

    private static void store(DiskStore store, ChunkIndex.Ref ref, byte[] content) throws IOException {
        var chunk = ref.chunk();
        var bytes =
                ByteBuffer.wrap(content, (int) chunk.offset(), chunk.length()).slice();
        assertThat(store.write(ref.file(), chunk, bytes)).isEqualTo(Verdict.GOOD);
    }

    private static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }
}
