package org.pxemesh.content.keep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.TestManifests;
import org.pxemesh.content.keep.LocalChunks.Place;
import org.pxemesh.content.swarm.Holdings;

class LocalChunksTest {

    private final Manifest old = manifest("1", "boot.wim", "aaaabbbbcccc");
    private final Manifest next = manifest("2", "boot.wim", "aaaaXXXXcccc");
    private final ChunkIndex index = new ChunkIndex(next);

    @Test
    void shouldFindWhatTheOldVersionHas() {
        // When
        var finds = LocalChunks.find(index, Holdings.none(3), List.of(old));

        // Then
        assertThat(finds).extracting(LocalChunks.Find::chunk).containsExactly(0, 2);
        assertThat(finds.getLast().places())
                .containsExactly(new Place(old.files().getFirst().sha256(), 8));
        assertThat(finds.getLast().ref()).isEqualTo(index.ref(2));
    }

    @Test
    void shouldLookForMissingChunksAlone() {
        assertThat(LocalChunks.find(index, Holdings.none(3).with(0), List.of(old)))
                .extracting(LocalChunks.Find::chunk)
                .containsExactly(2);
        assertThat(LocalChunks.find(index, Holdings.all(3), List.of(old))).isEmpty();
    }

    @Test
    void shouldNotSendAChunkToItself() {
        assertThat(LocalChunks.find(index, Holdings.none(3), List.of(next))).isEmpty();
    }

    @Test
    void shouldUseAnotherPlaceInTheSamePackage() {
        // Given
        var twice = manifest("3", "zeros", "00000000");

        // Then each may come from the other
        assertThat(LocalChunks.find(new ChunkIndex(twice), Holdings.none(2), List.of(twice)))
                .extracting(LocalChunks.Find::places)
                .allMatch(places -> places.size() == 1);
    }

    @Test
    void shouldRememberAFewPlacesOnly() {
        // Given a package of the same chunk over and over
        var zeros = manifest("3", "zeros", "0".repeat(4 * 50));

        // When
        var finds = LocalChunks.find(new ChunkIndex(manifest("4", "zero", "0000")), Holdings.none(1), List.of(zeros));

        // Then
        assertThat(finds.getFirst().places()).hasSize(LocalChunks.PLACES);
    }

    private static Manifest manifest(String version, String path, String text) {
        return new Manifest(
                new PackageId("winpe", version), List.of(TestManifests.file(path, text, 4)), TestManifests.boot(path));
    }
}
