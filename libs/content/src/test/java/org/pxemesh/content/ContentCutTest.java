package org.pxemesh.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCutTest {

    private static final ContentCut RULE = new ContentCut(256, 1024, 4096);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 64, 255, 256, 1000, 4096, 10_000})
    void shouldCutAlikeHoweverTheBytesWereHandedOver(int portion) {
        // Given
        byte[] bytes = random(1, 100_000);

        // When
        Chunker chunker = new Chunker(RULE);
        for (int at = 0; at < bytes.length; at += portion) {
            chunker.update(bytes, at, Math.min(portion, bytes.length - at));
        }

        // Then
        ManifestFile file = chunker.finish("f");
        assertThat(file.chunks()).isEqualTo(cut(bytes));
        assertThat(file.sha256()).isEqualTo(Sha256.of(bytes));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKeepTheLengthsWithinTheirBounds(long seed) {
        // When
        List<Chunk> chunks = cut(random(seed, 500_000));

        // Then
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allMatch(chunk -> chunk.length() >= RULE.min() && chunk.length() <= RULE.max());
        assertThat(500_000 / chunks.size()).isBetween(RULE.average() / 2, RULE.average() * 2);
    }

    @Test
    void shouldCutBytesWithoutAnyVariationAtTheMaximum() {
        assertThat(cut(new byte[3 * RULE.max()])).extracting(Chunk::length).containsOnly(RULE.max());
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, -1, 1, 5, 700})
    void shouldFindTheOldCutsAgainBehindAnInsertion(int shift) {
        // Given
        byte[] before = random(9, 200_000);
        byte[] after = shift > 0 ? inserted(before, 50_000, shift) : removed(before, 50_000, -shift);

        // When
        var had = cut(before).stream().map(Chunk::sha256).collect(Collectors.toSet());
        long shared = cut(after).stream()
                .filter(chunk -> had.contains(chunk.sha256()))
                .mapToLong(Chunk::length)
                .sum();

        // Then but for a few chunks around it all is shared, while cuts at fixed places share what is before it
        assertThat(shared).isGreaterThan(after.length - 5L * RULE.max());
        assertThat(sharedAtFixedPlaces(before, after)).isLessThan(60_000);
    }

    @Test
    void shouldNeverChange() {
        // Given what versions in the field were cut by
        byte[] bytes = random(42, 3_000_000);

        // When
        Chunker chunker = new Chunker();
        chunker.update(bytes, 0, bytes.length);

        // Then
        assertThat(chunker.finish("f").chunks())
                .hasSize(21)
                .extracting(Chunk::end)
                .startsWith(117_895L, 240_253L, 385_707L, 549_657L, 684_355L);
    }

    @Test
    void shouldRefuseBoundsThatCannotHold() {
        assertThatThrownBy(() -> new ContentCut(63, 1024, 4096)).hasMessageContaining("64 <= min");
        assertThatThrownBy(() -> new ContentCut(1024, 1024, 4096)).hasMessageContaining("min < average");
        assertThatThrownBy(() -> new ContentCut(64, 4096, 4096)).hasMessageContaining("average < max");
        assertThatThrownBy(() -> new ContentCut(64, 4096, Chunk.MAX_LENGTH + 1)).hasMessageContaining("524288");
        assertThatThrownBy(() -> new ContentCut(64, 1000, 4096)).hasMessageContaining("power of two");
    }

    private static long sharedAtFixedPlaces(byte[] before, byte[] after) {
        Chunker old = new Chunker(RULE.average());
        old.update(before, 0, before.length);
        var had = old.finish("f").chunks().stream().map(Chunk::sha256).collect(Collectors.toSet());
        Chunker now = new Chunker(RULE.average());
        now.update(after, 0, after.length);
        return now.finish("f").chunks().stream()
                .filter(chunk -> had.contains(chunk.sha256()))
                .mapToLong(Chunk::length)
                .sum();
    }

    private static List<Chunk> cut(byte[] bytes) {
        Chunker chunker = new Chunker(RULE);
        chunker.update(bytes, 0, bytes.length);
        return chunker.finish("f").chunks();
    }

    private static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] inserted(byte[] bytes, int at, int length) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
        return longer;
    }

    private static byte[] removed(byte[] bytes, int at, int length) {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, at + length, shorter, at, shorter.length - at);
        return shorter;
    }
}
