package org.pxemesh.agent.uplinks;

import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What another segment's uplink asks; whoever asks introduces itself with it.
 *
 * @param version the newest that it knows
 * @param address of the asking peer on its segment, as it says
 */
public record SiteQuestion(long version, UUID segmentId, UUID peerId, long term, InetAddress address) {

    /** Nothing when a part is missing or is none. */
    public static Optional<SiteQuestion> of(
            String version,
            @Nullable String segment,
            @Nullable String peer,
            @Nullable String term,
            @Nullable String address) {
        if (segment == null || peer == null || term == null || address == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SiteQuestion(
                    Long.parseLong(version),
                    UUID.fromString(segment),
                    UUID.fromString(peer),
                    Long.parseLong(term),
                    InetAddress.ofLiteral(address)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
