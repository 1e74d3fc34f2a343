package org.pxemesh.events;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What a peer says of itself: labels, MACs, health and holdings.
 *
 * @param siteId site of the segment
 * @param segmentId the broadcast domain
 * @param peerId the peer that tells
 * @param hostname of the machine
 * @param address on the segment
 * @param interfaceName that serves
 * @param macs lower case with colons
 * @param labels what collections look at
 * @param problems what keeps it from serving, in words; empty when healthy
 * @param policyRevision highest revision of a down record that it applied
 * @param holdings by package
 */
public record PeerReported(
        UUID siteId,
        UUID segmentId,
        UUID peerId,
        String hostname,
        String address,
        String interfaceName,
        List<String> macs,
        Map<String, String> labels,
        List<String> problems,
        long policyRevision,
        List<HeldPackage> holdings)
        implements Event {
    public PeerReported {
        macs = List.copyOf(Objects.requireNonNull(macs, "macs is missing"));
        labels = Map.copyOf(Objects.requireNonNull(labels, "labels is missing"));
        problems = List.copyOf(Objects.requireNonNull(problems, "problems is missing"));
        holdings = List.copyOf(Objects.requireNonNull(holdings, "holdings is missing"));
    }
}
