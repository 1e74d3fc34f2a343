package org.pxemesh.agent.local;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.PeerAgent;
import org.pxemesh.agent.content.WanStatus;
import org.pxemesh.agent.segment.SegmentAgent;
import org.pxemesh.agent.segment.SegmentStatus;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.FirmwareState;
import org.pxemesh.events.HeldPackage;

/**
 * What {@code pxemesh-agent status} shows.
 *
 * @param ready whether boot clients are answered on at least one interface
 * @param sources bytes by package and by where they came from: {@code wan}, {@code peer:ID}, {@code uplink:ID}
 * @param problems what keeps the agent from serving, one line each
 */
public record AgentStatus(
        UUID agentId,
        long starts,
        String version,
        String hostName,
        boolean ready,
        List<String> problems,
        List<SegmentStatus> segments,
        SnapshotStatus snapshot,
        List<HeldPackage> holdings,
        WanStatus wan,
        Map<String, Map<String, Long>> sources,
        int eventsWaiting) {
    /**
     * @param cluster of HQ's Kafka, empty before the first contact
     * @param validUntil until when it may be acted on, null before the first epoch
     */
    public record SnapshotStatus(
            String cluster,
            int records,
            int sites,
            int policies,
            int deployments,
            int packages,
            int computers,
            FirmwareWords firmware,
            @Nullable Instant validUntil) {}

    /** Of how many firmwares HQ says in which form to answer them first, or only, or takes back what it said. */
    public record FirmwareWords(int learned, int pinned, int reverted) {
        static FirmwareWords of(Collection<FirmwareState> states) {
            var reverted =
                    (int) states.stream().filter(state -> state.form() == null).count();
            var pinned = (int) states.stream().filter(FirmwareState::pinned).count();
            return new FirmwareWords(states.size() - pinned - reverted, pinned, reverted);
        }
    }

    static AgentStatus of(PeerAgent agent) {
        var parts = agent.parts();
        var segments = agent.segments().stream().map(SegmentAgent::status).toList();
        var problems = new ArrayList<String>();
        if (segments.isEmpty()) {
            problems.add("no wired interface with an IPv4 address: plug one in, or name others in pxemesh.interfaces");
        }
        segments.stream()
                .filter(segment -> segment.silence() != null)
                .forEach(segment -> problems.add(segment.interfaceName() + ": " + segment.silence()));
        problems.addAll(agent.passedOver());
        problems.addAll(agent.swarm().problems());
        var policy = parts.snapshots().policy();
        var told = parts.snapshots().told();
        return new AgentStatus(
                parts.identity().agentId(),
                parts.identity().starts(),
                parts.version(),
                parts.machine().hostName(),
                segments.stream().anyMatch(SegmentStatus::serving),
                problems,
                segments,
                new SnapshotStatus(
                        told.cluster(),
                        told.records(),
                        policy.sites().size(),
                        policy.policies().size(),
                        policy.deployments().size(),
                        policy.packages().size(),
                        policy.computers().size(),
                        FirmwareWords.of(policy.firmware().values()),
                        policy.epoch().map(EpochRenewed::expiresAt).orElse(null)),
                agent.swarm().held(),
                agent.wan().status(),
                agent.swarm().sources(),
                parts.outbox().waiting());
    }
}
