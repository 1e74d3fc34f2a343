package org.pxemesh.policy.rule;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A test over a computer's labels. {@link #toString()} gives the rule in the language that {@link RuleParser} reads,
 * so that a rule can be shown to people and read back.
 *
 * <p>A computer without the label fails {@code =} and {@code in}, and therefore passes {@code !=} and {@code not in}.
 */
public sealed interface Rule {

    boolean matches(Labels labels);

    /** All of the parts hold: {@code a = 1 and b = 2}. */
    record And(List<Rule> parts) implements Rule {
        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(Labels labels) {
            return parts.stream().allMatch(part -> part.matches(labels));
        }

        @Override
        public String toString() {
            return parts.stream().map(Rule::grouped).collect(Collectors.joining(" and "));
        }
    }

    /** At least one of the parts holds: {@code a = 1 or b = 2}. */
    record Or(List<Rule> parts) implements Rule {
        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(Labels labels) {
            return parts.stream().anyMatch(part -> part.matches(labels));
        }

        @Override
        public String toString() {
            return parts.stream().map(Rule::grouped).collect(Collectors.joining(" or "));
        }
    }

    /** The part does not hold. */
    record Not(Rule part) implements Rule {
        @Override
        public boolean matches(Labels labels) {
            return !part.matches(labels);
        }

        @Override
        public String toString() {
            return part instanceof In in ? in.written("!=", "not in") : "not " + grouped(part);
        }
    }

    /** The label's value fits one of the patterns; {@code =} is the case of one pattern. */
    record In(String label, List<ValuePattern> patterns) implements Rule {
        public In {
            patterns = List.copyOf(patterns);
        }

        @Override
        public boolean matches(Labels labels) {
            return labels.get(label).stream()
                    .anyMatch(value -> patterns.stream().anyMatch(pattern -> pattern.matches(value)));
        }

        @Override
        public String toString() {
            return written("=", "in");
        }

        private String written(String one, String several) {
            return patterns.size() == 1
                    ? label + " " + one + " " + patterns.getFirst()
                    : patterns.stream()
                            .map(ValuePattern::toString)
                            .collect(Collectors.joining(", ", label + " " + several + " (", ")"));
        }
    }

    private static String grouped(Rule part) {
        return part instanceof And || part instanceof Or ? "(" + part + ")" : part.toString();
    }
}
