package org.pxemesh.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RulePropertyTest {

    @Property(tries = 500)
    void shouldReadBackWhatARuleWritesOfItself(@ForAll("rules") Rule rule) throws RuleSyntaxException {
        assertThat(RuleParser.parse(rule.toString())).isEqualTo(rule);
    }

    @Property(tries = 500)
    void shouldNeverMatchTogetherWithItsNegation(
            @ForAll("rules") Rule rule, @ForAll("labels") Map<String, String> labels) {
        Labels subject = Labels.of(labels);

        assertThat(new Rule.Not(rule).matches(subject)).isNotEqualTo(rule.matches(subject));
    }

    @Property(tries = 1000)
    void shouldEitherReadOrNameThePositionInsideTheText(@ForAll("scribbles") String text) {
        try {
            assertThat(RuleParser.parse(text).toString()).isNotBlank();
        } catch (RuleSyntaxException e) {
            assertThat(e.position()).isBetween(1, text.length() + 1);
        }
    }

    @Property(tries = 500)
    void shouldTakeEveryQuotedValueAsItself(@ForAll("texts") String value) {
        assertThat(new ValuePattern(value, false).matches(value)).isTrue();
        assertThat(new ValuePattern("*" + value + "*", true).matches("<" + value + ">"))
                .isTrue();
    }

    @Provide
    Arbitrary<String> scribbles() {
        return Arbitraries.of(
                        "os", "=", "!=", " in ", " not ", " and ", " or ", "(", ")", ",", "\"", "\\", "x*", "!", "é",
                        ";")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().ascii().ofMaxLength(20);
    }

    @Provide
    Arbitrary<Map<String, String>> labels() {
        return Arbitraries.maps(labelNames(), values()).ofMaxSize(3);
    }

    @Provide
    Arbitrary<Rule> rules() {
        return rules(3);
    }

    private Arbitrary<Rule> rules(int depth) {
        Arbitrary<ValuePattern> patterns = Combinators.combine(values(), Arbitraries.of(true, false))
                .as((text, wild) ->
                        // Only what can be written without quotes can be wild.
                        new ValuePattern(text, wild && RuleLexer.isPlainWord(text)));
        Arbitrary<Rule> test = Combinators.combine(
                        labelNames(), patterns.list().ofMinSize(1).ofMaxSize(3))
                .as(Rule.In::new);
        if (depth == 0) {
            return test;
        }
        Arbitrary<List<Rule>> parts = rules(depth - 1).list().ofMinSize(2).ofMaxSize(3);
        return Arbitraries.oneOf(
                test,
                parts.map(Rule.And::new),
                parts.map(Rule.Or::new),
                rules(depth - 1).map(Rule.Not::new));
    }

    private Arbitrary<String> labelNames() {
        return Arbitraries.of("os", "site", "chassis", "inventory/room");
    }

    private Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of("linux", "Paris", "and", "x*y", "*", "New York", "", "a\"b\\"),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(6));
    }
}
