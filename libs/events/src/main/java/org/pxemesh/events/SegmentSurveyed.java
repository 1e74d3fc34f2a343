package org.pxemesh.events;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A peer looked at its segment as a boot client would, and found something else than before; told once a day also when
 * it did not. It is the whole state of what this peer sees: what is not in it is not there any more.
 *
 * @param siteId site of the segment
 * @param segmentId the broadcast domain
 * @param peerId the peer that looked
 * @param findings all that is in the way of boot clients now; empty when nothing is
 * @param ended what this peer told before and sees no more
 */
public record SegmentSurveyed(
        UUID siteId, UUID segmentId, UUID peerId, List<SegmentFinding> findings, List<SegmentFinding> ended)
        implements Event {
    public SegmentSurveyed {
        findings = List.copyOf(Objects.requireNonNull(findings, "findings is missing"));
        ended = List.copyOf(Objects.requireNonNull(ended, "ended is missing"));
    }
}
