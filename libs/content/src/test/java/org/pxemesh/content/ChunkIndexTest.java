package org.pxemesh.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkIndexTest {

    @Test
    void shouldCountEqualFilesOnce() {
        // Given
        ManifestFile one = TestManifests.file("a", "0123456789", 4);
        ManifestFile copy = TestManifests.file("b", "0123456789", 4);
        ManifestFile other = TestManifests.file("c", "abc", 4);
        // When
        ChunkIndex index = new ChunkIndex(
                new Manifest(new PackageId("x", "1"), List.of(other, copy, one), TestManifests.boot("a")));
        // Then
        assertThat(index.size()).isEqualTo(4);
        assertThat(index.bytes()).isEqualTo(13);
        assertThat(index.firstOf(copy.sha256())).isEqualTo(0);
        assertThat(index.firstOf(other.sha256())).isEqualTo(3);
        assertThat(index.ref(2))
                .isEqualTo(new ChunkIndex.Ref(one.sha256(), one.chunks().get(2)));
    }
}
