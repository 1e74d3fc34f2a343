package org.pxemesh.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the metrics in {@code docs/metrics.md} with those that the services name. */
class MetricsPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("^\\| `(pxemesh_[a-z_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("\"(pxemesh[._](?!up\\.|down\\.)[a-z_.]+)\"");

    @Test
    void shouldSayWhatToDoAboutEveryMetric() throws IOException {
        Set<String> written = ROW.matcher(Files.readString(ROOT.resolve("docs/metrics.md")))
                .results()
                .map(m -> base(m.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> named;
        try (Stream<Path> files = Files.walk(ROOT.resolve("services"))) {
            named = files.filter(f -> f.toString().contains("/src/main/java/"))
                    .filter(f -> f.toString().endsWith(".java"))
                    .map(MetricsPageTest::read)
                    .filter(text -> text.contains("io.micrometer")
                            || text.contains("Metrics {")
                            || text.contains("metrics.gauge("))
                    .flatMap(text -> NAME.matcher(text).results().map(m -> base(m.group(1))))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(named).isNotEmpty();
        assertThat(written).isEqualTo(named);
    }

    /** Prometheus' conventions add the unit and {@code _total}. */
    private static String base(String name) {
        return name.replace('.', '_').replaceAll("(_seconds)?(_total)?$", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
