package org.pxemesh.content.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.swarm.Holdings;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;

class RouteTest {

    private final Random random = new Random(3);
    private final Manifest manifest = new Manifest(
            new PackageId("debian", "12"),
            List.of(file("initrd", 1_500_000), file("linux", 900_000), file("nbp", 40_000)),
            new BootDescriptor(
                    PackageKind.LINUX_NETBOOT,
                    List.of(new LoaderState("bios", "nbp", List.of(), "linux", "initrd", List.of(), false))));
    private final ChunkIndex index = new ChunkIndex(manifest);

    @Test
    void shouldFollowTheOrderOfReadingAndNotThePackages() {
        List<Integer> chunks = Route.of(manifest, index, List.of("nbp", "linux", "none", "initrd", "nbp"))
                .chunks();

        assertThat(chunks).hasSize(index.size()).doesNotHaveDuplicates();
        assertThat(chunks.getFirst()).isEqualTo(firstOf("nbp"));
        assertThat(chunks.get(1)).isEqualTo(firstOf("linux"));
        assertThat(chunks.getLast()).isEqualTo(firstOf("initrd") + chunksOf("initrd") - 1);
    }

    @Test
    void shouldLeadFromTheMiddleOfAFileToItsEnd() {
        ManifestFile initrd = manifest.file("initrd").orElseThrow();
        long middle = initrd.chunks().get(2).offset() + 5;

        assertThat(Route.from(initrd, index, middle).chunks())
                .hasSize(chunksOf("initrd") - 2)
                .startsWith(firstOf("initrd") + 2);
        assertThat(Route.from(initrd, index, initrd.size()).chunks()).isEmpty();
    }

    @Test
    void shouldCountWhatIsHereUpToTheFirstGap() {
        // Given the first program, and the kernel but for its second chunk
        Route route = Route.of(manifest, index, List.of("nbp", "linux"));
        Holdings held = Holdings.none(index.size()).with(route.chunks());
        int gap = firstOf("linux") + 1;
        Holdings torn = held.without(gap);

        // When
        StreamQuestion asked = route.question(index, torn, 10, 20, 8_000);

        // Then
        assertThat(asked.bytes()).isEqualTo(940_000);
        assertThat(asked.prefix())
                .isEqualTo(40_000 + index.ref(firstOf("linux")).chunk().length());
        assertThat(asked.longestChunk()).isEqualTo(index.ref(gap).chunk().length());
        assertThat(route.missing(torn)).containsExactly(gap);
        assertThat(StreamEstimate.judge(route.question(index, held, 0, 20, 8_000)))
                .isEqualTo(new StreamVerdict.Now());
    }

    private int firstOf(String path) {
        return index.firstOf(manifest.file(path).orElseThrow().sha256());
    }

    private int chunksOf(String path) {
        return manifest.file(path).orElseThrow().chunks().size();
    }

    private ManifestFile file(String path, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        Chunker chunker = new Chunker();
        chunker.update(bytes, 0, length);
        return chunker.finish(path);
    }
}
