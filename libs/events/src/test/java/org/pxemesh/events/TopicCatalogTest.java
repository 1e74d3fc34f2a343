package org.pxemesh.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicCatalogTest {
    @Test
    void shouldHoldEveryEventInExactlyOneTopicButTheDerivedOne() {
        for (Class<?> event : Event.class.getPermittedSubclasses()) {
            assertThat(TopicCatalog.all().stream()
                            .filter(t -> t != TopicCatalog.TOPOLOGY)
                            .filter(t -> t.events().contains(event)))
                    .as(event.getSimpleName())
                    .hasSize(1);
        }
    }

    @Test
    void shouldSignEveryCompactedTopicThatAgentsRead() {
        assertThat(TopicCatalog.all().stream().filter(Topic::compacted).map(Topic::name))
                .allMatch(name -> name.startsWith("pxemesh.down.") || name.equals("pxemesh.topology"));
    }

    @Test
    void shouldSpreadSitesOverPartitions() {
        int[] sites = new int[16];

        IntStream.range(0, 16_000)
                .forEach(i -> sites[TopicCatalog.partition(new UUID(0x018f_0000_0000_7000L, i), 16)]++);

        assertThat(Arrays.stream(sites).min().orElseThrow()).isGreaterThan(800);
        assertThat(Arrays.stream(sites).max().orElseThrow()).isLessThan(1200);
    }

    @Test
    void shouldNeverMoveASite() {
        // Golden values: another hash would send every agent to a foreign partition.
        assertThat(TopicCatalog.partition(UUID.fromString("018f0000-0000-7000-8000-000000000001"), 256))
                .isEqualTo(168);
        assertThat(TopicCatalog.partition(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), 4))
                .isEqualTo(3);
        assertThat(TopicCatalog.partition(null, 4)).isZero();
    }
}
