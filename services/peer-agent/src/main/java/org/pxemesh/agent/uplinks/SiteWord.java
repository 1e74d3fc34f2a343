package org.pxemesh.agent.uplinks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.mesh.MeshMessage.HoldingsTold;
import org.pxemesh.events.RequiredComponents;

/**
 * What an uplink says to the uplinks of the site's other segments.
 *
 * @param peerId who says it
 * @param segmentId its segment, the one that the question came to
 * @param term of its election, 0 while it is no uplink
 * @param version what to ask with next: the answer waits until there is something newer
 * @param packages all that it holds or gathers
 * @param fetching whether it fetches over the WAN now; null from an agent that does not say
 */
public record SiteWord(
        UUID peerId,
        UUID segmentId,
        long term,
        long version,
        List<HoldingsTold> packages,
        @Nullable Boolean fetching) {
    private static final ObjectMapper MAPPER = MeshCodec.newMapper();

    public SiteWord {
        packages = List.copyOf(packages);
    }

    /** The word in an answer's bytes; nothing when it is none. */
    public static Optional<SiteWord> read(byte[] bytes) {
        try {
            SiteWord word = MAPPER.readValue(bytes, SiteWord.class);
            RequiredComponents.check(word);
            return Optional.ofNullable(word);
        } catch (IOException | RuntimeException e) {
            // Also what a record's constructor refuses.
            return Optional.empty();
        }
    }

    /** Whether its segment's content comes through it. */
    public boolean isUplink() {
        return term > 0;
    }
}
