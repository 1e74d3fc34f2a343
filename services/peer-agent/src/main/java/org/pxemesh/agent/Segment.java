package org.pxemesh.agent;

import java.net.Inet4Address;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.pxemesh.agent.firmware.FirmwareMemory;
import org.pxemesh.agent.uplinks.SiteQuestion;
import org.pxemesh.agent.watch.SegmentWatch;
import org.pxemesh.mesh.RankingInputs;
import org.pxemesh.policy.PeerView;
import org.pxemesh.policy.PolicySnapshot;

/** This peer's place in one segment. The identity is fixed while it is served; the ranking changes at any time. */
public interface Segment {
    /** The site of the segment's network; the nil UUID where {@code pxemesh.networks=any} serves an unknown one. */
    UUID siteId();

    UUID segmentId();

    /** This peer. */
    UUID peerId();

    /** For example {@code eth0}. */
    String interfaceName();

    /** This peer's address on the segment. */
    Inet4Address address();

    /** Length of the network's prefix, 0 to 32. */
    int prefixLength();

    /** What to rank with; it ranks nobody while this peer has no fresh view. Cheap: call it per packet. */
    RankingInputs ranking();

    /** What HQ said, as far as it is known here. Cheap: call it per packet. */
    PolicySnapshot snapshot();

    /** This peer and its clock, as decisions look at them. */
    PeerView view();

    /** Bytes per second that neighbours get from this peer at most, by its policy; 0 = as much as they ask for. */
    long uploadRate();

    /** What this peer tells another segment's uplink, as JSON; it waits for news if the other knows the newest. */
    CompletionStage<byte[]> siteWord(SiteQuestion question);

    /** What is still arriving at this peer, and may be served meanwhile. */
    Arrivals arrivals();

    /** The elected uplink, as far as it is known. */
    Optional<UUID> uplink();

    /** What is known here about the firmware of boot clients. */
    FirmwareMemory firmware();

    /** What was found in the segment beside the mesh. */
    SegmentWatch watch();

    /** Paths by package reference, of the packages that somebody in the segment holds whole; another map after a change. */
    Map<String, Set<String>> held();
}
