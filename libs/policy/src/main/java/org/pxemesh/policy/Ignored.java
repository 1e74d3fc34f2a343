package org.pxemesh.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client gets no answer.
 *
 * @param refusals at least one; all that speak against an answer, not the first alone
 * @param wouldHave for a policy that only observes: what would have been answered; else null
 */
public record Ignored(List<Refusal> refusals, @Nullable BootPlan wouldHave) implements Decision {

    /**
     * One reason and its circumstances.
     *
     * @param reason stable
     * @param detail for people: names the policy, deployment, package or computer at fault
     */
    public record Refusal(Reason reason, String detail) {}

    public Ignored {
        refusals = List.copyOf(refusals);
        if (refusals.isEmpty()) {
            throw new IllegalArgumentException("an ignored client carries at least one reason");
        }
    }

    /** The reasons in the order of {@link Reason}, each once. */
    public List<Reason> reasons() {
        return refusals.stream().map(Refusal::reason).sorted().distinct().toList();
    }

    /** The reasons as they travel in {@code BootIgnored}. */
    public List<String> reasonNames() {
        return reasons().stream().map(Reason::name).toList();
    }
}
