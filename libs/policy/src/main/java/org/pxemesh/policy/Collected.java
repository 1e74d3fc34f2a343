package org.pxemesh.policy;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.CollectionKind;
import org.pxemesh.events.CollectionState;
import org.pxemesh.events.ComputerState;
import org.pxemesh.policy.rule.Labels;
import org.pxemesh.policy.rule.Rule;
import org.pxemesh.policy.rule.RuleParser;
import org.pxemesh.policy.rule.RuleSyntaxException;

/**
 * A collection with its rule read.
 *
 * @param state as HQ wrote it
 * @param rule for {@link CollectionKind#RULE}; null there when this version cannot read it: then it matches nobody
 */
public record Collected(CollectionState state, @Nullable Rule rule) {

    /** The built-in collection of all computers that HQ knows; it exists without a record. */
    public static final UUID ALL_COMPUTERS = UUID.fromString("a11c0000-0000-4000-8000-000000000001");

    static final Collected BUILT_IN_ALL =
            new Collected(new CollectionState(ALL_COMPUTERS, 1, "All computers", CollectionKind.ALL, null), null);

    static Collected of(CollectionState state) {
        if (state.kind() != CollectionKind.RULE || state.rule() == null) {
            return new Collected(state, null);
        }
        try {
            return new Collected(state, RuleParser.parse(state.rule()));
        } catch (RuleSyntaxException e) {
            // HQ checks rules before it writes them: this one is of a newer HQ. Matching nobody boots nobody wrongly.
            return new Collected(state, null);
        }
    }

    /**
     * How this collection names a computer, empty when it does not.
     *
     * @param computer its record; null for a peer that HQ does not know, which a rule may still match
     */
    public Optional<Specificity> names(@Nullable ComputerState computer, Labels labels) {
        return switch (state.kind()) {
            case LIST ->
                computer != null && computer.collections().contains(state.id())
                        ? Optional.of(Specificity.LISTED)
                        : Optional.empty();
            case RULE -> rule != null && rule.matches(labels) ? Optional.of(Specificity.BY_RULE) : Optional.empty();
            case ALL -> Optional.of(Specificity.ALL);
        };
    }
}
