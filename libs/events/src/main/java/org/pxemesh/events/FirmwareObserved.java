package org.pxemesh.events;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A boot client took an answer in a certain form; told once a day for each firmware and form.
 *
 * @param siteId site of the segment
 * @param segmentId the broadcast domain
 * @param peerId the peer that tells
 * @param fingerprint of the client's firmware
 * @param form name of the form that it took
 * @param passed names of the forms that had no effect before, in the same power-on
 * @param foreignPxe whether other boot servers, or a DHCP server that claims to be one, answer in this segment: what wins
 *     beside them proves little for other sites
 */
public record FirmwareObserved(
        UUID siteId,
        UUID segmentId,
        UUID peerId,
        FirmwareFingerprint fingerprint,
        String form,
        List<String> passed,
        boolean foreignPxe)
        implements Event {
    public FirmwareObserved {
        passed = List.copyOf(Objects.requireNonNull(passed, "passed is missing"));
    }
}
