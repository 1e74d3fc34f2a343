package org.pxemesh.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleParserTest {

    private static final Labels PARIS_DESKTOP = Labels.of(
            Map.of("os", "Linux", "site", "Paris", "chassis", "desktop", "host", "PC-042.paris", "note", "a\"b \\c*"));

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            os = linux                                         | true
            OS=LINUX                                           | true
            os=linux and site=Paris                            | true
            os = linux and site = Lyon                         | false
            site = Lyon or os = linux                          | true
            site = Lyon or os = windows                        | false
            chassis in (desktop, laptop)                       | true
            chassis not in (desktop, laptop)                   | false
            chassis not in (tablet)                            | true
            not chassis = laptop                               | true
            not not chassis = laptop                           | false
            not (os = linux and site = Lyon)                   | true
            not os = linux or site = Paris                     | true
            os = windows and site = Paris or chassis = desktop | true
            os = windows and (site = Paris or chassis=desktop) | false
            host = PC-*                                        | true
            host = *.paris                                     | true
            host = p*4*p*s                                     | true
            host = *5*                                         | false
            host = "PC-*"                                      | false
            host != PC-041.paris                               | true
            room = *                                           | false
            os = *                                             | true
            room = 12                                          | false
            room != 12                                         | true
            room not in (12, 13)                               | true
            note = "a\\"b \\\\c*"                              | true
            site = "PARIS"                                     | true
            """)
    void shouldMatchLabels(String rule, boolean expected) throws RuleSyntaxException {
        assertThat(RuleParser.parse(rule).matches(PARIS_DESKTOP)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', emptyValue = "", textBlock = """
            os                      |  3 | expected '=', '!=', 'in' or 'not in' after the label os, found the end of the rule
            os =                    |  5 | expected a value, found the end of the rule
            os = and                |  6 | expected a value (a word of the language must stand in double quotes), found 'and'
            = linux                 |  1 | expected a label name, 'not' or '(', found '='
            os = linux site = Paris | 12 | expected 'and', 'or' or the end of the rule, found 'site'
            os = linux and          | 15 | expected a label name, 'not' or '(', found the end of the rule
            (os = linux             | 12 | expected 'and', 'or' or ')', found the end of the rule
            os = linux)             | 11 | expected 'and', 'or' or the end of the rule, found ')'
            os in linux             |  7 | expected '(' before the list of values, found 'linux'
            os in (linux windows)   | 14 | expected ',' or ')' after a value, found 'windows'
            os in ()                |  8 | expected a value, found ')'
            os not linux            |  8 | expected 'in' after 'not', found 'linux'
            os = "linux             |  6 | the quoted text has no closing double quote
            os = lin;ux             |  9 | the character ';' must stand in double quotes
            ! os = linux            |  1 | expected '!=' (write 'not' to turn a test round)
            o* = linux              |  1 | '*' may stand in values only, not in a label name
            "os" = linux            |  1 | expected a label name, 'not' or '(', found the quoted text "os"
            """)
    void shouldSayWhereAndWhatWasExpected(String rule, int position, String message) {
        assertThatThrownBy(() -> RuleParser.parse(rule))
                .isInstanceOfSatisfying(
                        RuleSyntaxException.class, e -> assertThat(e.position()).isEqualTo(position))
                .hasMessage("position " + position + ": " + message);
    }

    @Test
    void shouldRefuseAnEmptyRule() {
        assertThatThrownBy(() -> RuleParser.parse("  "))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessage("position 3: expected a label name, 'not' or '(', found the end of the rule");
    }

    @Test
    void shouldBoundDepthOfBracketsAndNot() throws RuleSyntaxException {
        // Given
        String deepest = "(".repeat(RuleParser.MAX_DEPTH) + "os = linux" + ")".repeat(RuleParser.MAX_DEPTH);

        // When / Then
        assertThat(RuleParser.parse(deepest).matches(PARIS_DESKTOP)).isTrue();
        assertThatThrownBy(() -> RuleParser.parse("not " + deepest))
                .hasMessageContaining("position 37: brackets and 'not' are nested deeper than 32 levels");
        assertThatThrownBy(() -> RuleParser.parse("(".repeat(RuleParser.MAX_LENGTH)))
                .isInstanceOf(RuleSyntaxException.class);
    }

    @Test
    void shouldBoundLength() {
        String tooLong = "os = " + "x".repeat(RuleParser.MAX_LENGTH);

        assertThatThrownBy(() -> RuleParser.parse(tooLong))
                .hasMessage("position 2001: the rule is 2005 characters long; at most 2000 are read");
    }
}
