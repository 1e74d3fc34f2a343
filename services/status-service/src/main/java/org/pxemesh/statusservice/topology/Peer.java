package org.pxemesh.statusservice.topology;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.HeldPackage;

/**
 * A computer that runs the agent, as its segment last told.
 *
 * @param state {@code joined} or {@code left}
 * @param uplink whether its segment elected it
 * @param problems what keeps it from serving; empty when healthy
 * @param lastSeen wall time of its last word
 * @param holdings what it holds, by package
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Peer(
        UUID id,
        UUID siteId,
        UUID segmentId,
        String state,
        boolean uplink,
        @Nullable String hostname,
        @Nullable String address,
        @Nullable String interfaceName,
        @Nullable String agentVersion,
        List<String> macs,
        Map<String, String> labels,
        List<String> problems,
        long policyRevision,
        Instant lastSeen,
        @Nullable Instant leftAt,
        @Nullable Boolean graceful,
        List<HeldPackage> holdings) {}
