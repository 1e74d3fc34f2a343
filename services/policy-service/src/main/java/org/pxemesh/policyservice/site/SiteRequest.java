package org.pxemesh.policyservice.site;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
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
    private static final WanLimits NO_LIMIT = new WanLimits(0, 100);

    /** The state that this asks for. */
    SiteState judged(PolicySnapshot snapshot, UUID id, long revision) {
        Checks checks = new Checks();
        String cleanName = checks.name(name);
        checks.unique(cleanName, id, snapshot, SiteResource.KIND);
        List<String> blocks = checks.list(networks, "networks", MAX_NETWORKS);
        judgeNetworks(checks, blocks);
        WanLimits limits = wan == null ? NO_LIMIT : wan;
        checks.that(limits.kbitPerSecond() >= 0, "wan.kbitPerSecond", "must be 0 (no limit) or more");
        checks.that(
                limits.percentOfLink() >= 1 && limits.percentOfLink() <= 100, "wan.percentOfLink", "must be 1 to 100");
        checks.done();
        return new SiteState(id, revision, cleanName, kind == null ? SiteKind.BRANCH : kind, blocks, limits);
    }

    /** Other sites may have the same networks; inside one site two that overlap are a slip of the pen. */
    private static void judgeNetworks(Checks checks, List<String> blocks) {
        Cidr[] read = new Cidr[blocks.size()];
        for (int i = 0; i < read.length; i++) {
            String field = "networks[" + i + "]";
            try {
                read[i] = Cidr.parse(blocks.get(i));
            } catch (IllegalArgumentException e) {
                checks.wrong(field, String.valueOf(e.getMessage()));
                continue;
            }
            for (int j = 0; j < i; j++) {
                if (read[j] != null && read[j].overlaps(read[i])) {
                    checks.wrong(field, read[i] + " overlaps networks[" + j + "] " + read[j]);
                }
            }
        }
    }
}
