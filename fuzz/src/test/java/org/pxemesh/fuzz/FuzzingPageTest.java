package org.pxemesh.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the table of parsers in {@code docs/fuzzing.md} with the targets, and the classes that it names with the code. */
class FuzzingPageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW =
            Pattern.compile("^\\| [^|]+ \\| [^|]+ \\| ([^|]+) \\| `([A-Z_]+)` \\|$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([A-Za-z]+)`");

    @Test
    void shouldHaveATargetInEveryRowAndARowForEveryTarget() throws IOException {
        Set<String> written = rows().map(row -> row.group(2)).collect(Collectors.toCollection(TreeSet::new));

        assertThat(written)
                .isEqualTo(Arrays.stream(Target.values())
                        .map(Target::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void shouldNameClassesThatAreThere() throws IOException {
        Set<String> named = rows().flatMap(row -> CODE.matcher(row.group(1)).results())
                .map(code -> code.group(1) + ".java")
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = new TreeSet<>();
        for (String room : new String[] {"libs", "services", "lab"}) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(room))) {
                files.filter(file -> file.toString().contains("/src/main/java/"))
                        .forEach(file -> there.add(file.getFileName().toString()));
            }
        }

        assertThat(named).hasSizeGreaterThan(Target.values().length);
        assertThat(there).containsAll(named);
    }

    private static Stream<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(ROOT.resolve("docs/fuzzing.md"))).results();
    }
}
