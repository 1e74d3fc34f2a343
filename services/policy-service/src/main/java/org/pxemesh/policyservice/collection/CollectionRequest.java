package org.pxemesh.policyservice.collection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.CollectionKind;
import org.pxemesh.events.CollectionState;
import org.pxemesh.policy.Collected;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policy.rule.RuleParser;
import org.pxemesh.policy.rule.RuleSyntaxException;
import org.pxemesh.policyservice.desk.Checks;

/**
 * A collection as people send it; {@code id} and {@code revision} may come along from an answer and are not looked at.
 *
 * @param name unique
 * @param kind {@code RULE} or {@code LIST}; the collection of all computers is built in
 * @param rule for {@code RULE} alone
 */
@Schema(name = "CollectionRequest")
@JsonIgnoreProperties({"id", "revision"})
public record CollectionRequest(
        @Schema(required = true, examples = "Desktops in Paris") @Nullable
        String name,

        @Schema(required = true) @Nullable CollectionKind kind,

        @Schema(examples = "chassis = desktop and site = Paris") @Nullable
        String rule) {

    /** The state that this asks for. */
    public CollectionState judged(PolicySnapshot snapshot, UUID id, long revision) {
        Checks checks = new Checks();
        String cleanName = checks.name(name);
        checks.unique(cleanName, id, snapshot, CollectionResource.KIND);
        checks.that(kind != null, "kind", "is missing; it is one of RULE, LIST");
        checks.that(kind != CollectionKind.ALL, "kind", "ALL is built in; it cannot be made again");
        Collected old = snapshot.collections().get(id);
        checks.that(
                old == null || old.state().kind() == kind,
                "kind",
                "cannot change: who is in the collection would change without a word; make a new one");
        judgeRule(checks);
        checks.done();
        return new CollectionState(id, revision, cleanName, kind == null ? CollectionKind.LIST : kind, rule);
    }

    private void judgeRule(Checks checks) {
        if (kind != CollectionKind.RULE) {
            checks.that(rule == null, "rule", "is for the kind RULE alone");
            return;
        }
        if (rule == null) {
            checks.wrong("rule", "is missing; write for example: os = linux and site = Paris");
            return;
        }
        try {
            RuleParser.parse(rule);
        } catch (RuleSyntaxException e) {
            checks.wrong("rule", String.valueOf(e.getMessage()));
        }
    }
}
