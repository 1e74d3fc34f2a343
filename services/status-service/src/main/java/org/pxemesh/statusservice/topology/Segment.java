package org.pxemesh.statusservice.topology;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A broadcast domain and its mesh.
 *
 * @param siteName null when HQ has no record of the site
 * @param uplink who is elected, null before the first election
 * @param peers how many were ever seen and still count as there or left
 * @param joined how many of them are there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Segment(
        UUID id,
        UUID siteId,
        @Nullable String siteName,
        @Nullable Uplink uplink,
        int peers,
        int joined) {

    /**
     * The elected peer.
     *
     * @param present whether it still is in the mesh; false between its end and the next election
     * @param term of the election, the highest that was told
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Uplink(
            UUID peerId,
            @Nullable String hostname,
            String address,
            boolean present,
            long term,
            int members,
            Instant electedAt) {}
}
