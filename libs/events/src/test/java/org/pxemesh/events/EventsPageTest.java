package org.pxemesh.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the table in {@code docs/events.md} against the catalog. */
class EventsPageTest {
    @Test
    void shouldTellEveryTopicAsTheCatalogDoes() throws IOException {
        Set<String> written = Files.readAllLines(Path.of("../../docs/events.md")).stream()
                .filter(line -> line.startsWith("| `pxemesh."))
                .map(EventsPageTest::normalised)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(written)
                .isEqualTo(TopicCatalog.all().stream()
                        .map(EventsPageTest::row)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String row(Topic topic) {
        String kept =
                topic.retention() == null ? "compacted" : topic.retention().toDays() + " days";
        return topic.name() + "|" + kept + (topic.bySite() ? ", by site" : "") + "|" + topic.key() + "|"
                + topic.events().stream().map(Class::getSimpleName).sorted().toList();
    }

    private static String normalised(String line) {
        String[] cells = line.replace("`", "").split("\\|", -1);
        return cells[1].strip() + "|" + cells[2].strip() + "|" + cells[3].strip() + "|"
                + Arrays.stream(cells[4].split(",")).map(String::strip).sorted().toList();
    }
}
