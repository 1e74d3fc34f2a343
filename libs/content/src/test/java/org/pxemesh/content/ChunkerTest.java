package org.pxemesh.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChunkerTest {

    @Property(tries = 200)
    void shouldCutAlikeHoweverTheBytesWereHandedOver(
            @ForAll @IntRange(max = 5000) int size,
            @ForAll @IntRange(min = 1, max = 700) int chunkLength,
            @ForAll @IntRange(min = 1, max = 900) int portion,
            @ForAll long seed) {
        // Given
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        Chunker whole = new Chunker(chunkLength);
        Chunker portions = new Chunker(chunkLength);
        // When
        whole.update(bytes, 0, size);
        for (int at = 0; at < size; at += portion) {
            portions.update(bytes, at, Math.min(portion, size - at));
        }
        // Then
        ManifestFile file = whole.finish("f");
        assertThat(portions.finish("f")).isEqualTo(file);
        assertThat(file.sha256()).isEqualTo(Sha256.of(bytes));
        assertThat(file.size()).isEqualTo(size);
        assertThat(file.chunks())
                .hasSize((size + chunkLength - 1) / chunkLength)
                .allSatisfy(chunk -> {
                    byte[] part = Arrays.copyOfRange(bytes, (int) chunk.offset(), (int) chunk.end());
                    assertThat(ChunkVerifier.verify(chunk, ByteBuffer.wrap(part)))
                            .isEqualTo(ChunkVerifier.Verdict.GOOD);
                });
    }

    @Test
    void shouldDescribeAnEmptyFileWithoutChunks() {
        // When
        ManifestFile file = new Chunker().finish("fdt.lst");
        // Then
        assertThat(file.chunks()).isEmpty();
        assertThat(file.sha256().hex()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void shouldRefuseChunksThatPeersNeedNotHold() {
        assertThatThrownBy(() -> new Chunker(Chunk.MAX_LENGTH + 1)).hasMessageContaining("allowed are 1 to 524288");
    }
}
