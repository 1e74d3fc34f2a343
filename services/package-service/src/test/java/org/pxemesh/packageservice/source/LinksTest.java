package org.pxemesh.packageservice.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinksTest {

    private static final int MOST_LINKS = 4096;

    @Test
    void shouldFollowALinkToAFolderThatHasLinksItself() throws Exception {
        Map<String, Integer> files = Map.of("d/x", 1);
        Map<String, String> links = Map.of("d/y", "d/x", "e", "d");

        assertThat(Links.resolve(files, links, 10))
                .containsExactlyInAnyOrderEntriesOf(Map.of("d/x", 1, "d/y", 1, "e/x", 1, "e/y", 1));
    }

    /** Such an archive has some kilobytes. By the third power of its length it would take minutes. */
    @Test
    void shouldFollowTheLongestChainInATimeThatGrowsWithItsSquare() throws Exception {
        // Given
        Map<String, String> links = new TreeMap<>();
        for (int n = 0; n < MOST_LINKS; n++) {
            links.put("l" + n, n == 0 ? "d" : "l" + (n - 1));
        }

        // Then
        assertThat(Links.resolve(Map.of("d/x", 1), links, MOST_LINKS + 1)).hasSize(MOST_LINKS + 1);
    }

    @Test
    void shouldRefuseACircle() {
        assertThatThrownBy(() -> Links.resolve(Map.of("f", 1), Map.of("a", "b", "b", "a"), 10))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("leads back to it");
    }
}
