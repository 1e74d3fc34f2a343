package org.pxemesh.agent.boot;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pxemesh.netboot.loader.BootQuestion;
import org.pxemesh.policy.BootPlan;

/**
 * What a configuration that is made for a client says beside its plan.
 *
 * @param sources addresses below which the boot's files are, without a slash at their ends; the best first
 * @param question what a person is asked first
 */
record ScriptTerms(List<String> sources, Optional<BootQuestion> question) {

    ScriptTerms {
        sources = List.copyOf(sources);
    }

    /** What a person is asked in front of a machine that has just been switched on. */
    static BootQuestion question(BootPlan plan) {
        return new BootQuestion(plan.packageRef(), plan.promptSeconds());
    }

    /** @param left seconds that the person still has, when the machine has asked before */
    static ScriptTerms of(BootPlan plan, List<String> sources, OptionalInt left) {
        int seconds = Math.clamp(left.orElse(plan.promptSeconds()), 1, plan.promptSeconds());
        return new ScriptTerms(
                sources, plan.prompt() ? Optional.of(new BootQuestion(plan.packageRef(), seconds)) : Optional.empty());
    }
}
