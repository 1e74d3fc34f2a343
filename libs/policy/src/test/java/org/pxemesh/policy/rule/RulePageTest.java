package org.pxemesh.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that explains the language to people must speak it. */
class RulePageTest {

    private static final Path PAGE = Path.of("../../docs/collections.md");

    @Test
    void shouldReadEveryExampleOnThePage() throws IOException, RuleSyntaxException {
        // Given
        List<String> examples = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();

        // When / Then
        assertThat(examples).hasSizeGreaterThan(2);
        for (String example : examples) {
            Rule rule = RuleParser.parse(example);
            assertThat(RuleParser.parse(rule.toString())).isEqualTo(rule);
        }
    }

    @Test
    void shouldKeepTheLimitsThatThePageNames() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(
                        "at most %,d characters and %d levels".formatted(RuleParser.MAX_LENGTH, RuleParser.MAX_DEPTH));
    }
}
