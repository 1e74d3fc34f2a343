package org.pxemesh.policyservice.site;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.WanLimits;
import org.pxemesh.policy.Cidr;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.desk.Checks;

/**
 * A site as people send it; {@code id} and {@code revision} may come along from an answer and are not looked at.
 *
 * @param name unique
 * @param kind branch unless said otherwise
 * @param networks CIDR blocks
 * @param wan no limit unless said otherwise
 */
@Schema(name = "SiteRequest")
@JsonIgnoreProperties({"id", "revision"})
public record SiteRequest(
        @Schema(required = true, examples = "Paris") @Nullable
        String name,

        @Nullable SiteKind kind,
        @Schema(examples = "[\"10.20.0.0/16\"]") @Nullable List<@Nullable String> networks,
        @Nullable WanLimits wan) {

    private static final int MAX_NETWORKS = 256;

    /** The state that this asks for. */
    public SiteState judged(PolicySnapshot snapshot, UUID id, long revision) {
        Checks checks = new Checks();
        String cleanName = checks.name(name);
        checks.unique(cleanName, id, snapshot, SiteResource.KIND);
        Map<String, Cidr> read = new LinkedHashMap<>();
        List<String> blocks = checks.each(
                networks, "networks", MAX_NETWORKS, (field, block) -> judgeNetwork(checks, field, block, read));
        WanLimits limits = wan == null ? WanLimits.NONE : wan;
        WanChecks.judge(checks, limits);
        checks.done();
        return new SiteState(id, revision, cleanName, kind == null ? SiteKind.BRANCH : kind, blocks, limits);
    }

    /** Other sites may have the same networks; inside one site two that overlap are a slip of the pen. */
    private static void judgeNetwork(Checks checks, String field, String text, Map<String, Cidr> before) {
        try {
            Cidr block = Cidr.parse(text);
            // The first one will do: hundreds of equal networks would make tens of thousands of errors.
            before.entrySet().stream()
                    .filter(other -> block.overlaps(other.getValue()))
                    .findFirst()
                    .ifPresent(other ->
                            checks.wrong(field, block + " overlaps " + other.getKey() + " " + other.getValue()));
            before.put(field, block);
        } catch (IllegalArgumentException e) {
            checks.wrong(field, String.valueOf(e.getMessage()));
        }
    }
}
