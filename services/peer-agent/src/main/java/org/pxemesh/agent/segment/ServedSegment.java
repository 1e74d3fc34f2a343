package org.pxemesh.agent.segment;

import java.net.Inet4Address;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.pxemesh.agent.Arrivals;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.firmware.FirmwareMemory;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.uplinks.SiteQuestion;
import org.pxemesh.agent.watch.SegmentWatch;
import org.pxemesh.mesh.RankingInputs;
import org.pxemesh.policy.PeerView;
import org.pxemesh.policy.PolicySnapshot;

/** A segment as the boot side sees it: fixed ids, and the rest asked afresh. */
record ServedSegment(SegmentAgent agent, UUID siteId, UUID segmentId, NetworkPort port) implements Segment {
    @Override
    public UUID peerId() {
        return agent.self();
    }

    @Override
    public String interfaceName() {
        return port.name();
    }

    @Override
    public Inet4Address address() {
        return port.address();
    }

    @Override
    public int prefixLength() {
        return port.prefixLength();
    }

    @Override
    public RankingInputs ranking() {
        return agent.ranking();
    }

    @Override
    public PolicySnapshot snapshot() {
        return agent.policy();
    }

    @Override
    public PeerView view() {
        return agent.peerView();
    }

    @Override
    public long uploadRate() {
        return agent.uploadRate();
    }

    @Override
    public Arrivals arrivals() {
        return agent.arrivals();
    }

    @Override
    public Optional<UUID> uplink() {
        return agent.uplink();
    }

    @Override
    public CompletionStage<byte[]> siteWord(SiteQuestion question) {
        return agent.site().word(agent, question);
    }

    @Override
    public FirmwareMemory firmware() {
        return agent.firmware();
    }

    @Override
    public SegmentWatch watch() {
        return agent.watch();
    }

    @Override
    public Map<String, Set<String>> held() {
        return agent.held();
    }
}
