package org.pxemesh.agent.segment;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.pxemesh.agent.config.AgentConfig.Networks;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.watch.SegmentWatch;
import org.pxemesh.agent.watch.SurveyReport;
import org.pxemesh.events.HeldPackage;
import org.pxemesh.events.PeerReported;
import org.pxemesh.mesh.MeshState;
import org.pxemesh.mesh.Mute;
import org.pxemesh.mesh.PeerFacts;
import org.pxemesh.mesh.PeerFacts.HqReach;
import org.pxemesh.mesh.PeerFacts.Link;
import org.pxemesh.mesh.PeerFacts.Power;
import org.pxemesh.mesh.Pin;
import org.pxemesh.mesh.Ranking;
import org.pxemesh.mesh.RankingMember;
import org.pxemesh.mesh.UplinkTerm;
import org.pxemesh.policy.PeerView;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policy.rule.Labels;

/** What this peer says of itself: to its segment, to decisions, to HQ and to whoever asks for its status. */
final class PeerDescription {
    private final AgentParts parts;
    private final NetworkPort port;
    private final long startedAt = System.currentTimeMillis() / 1_000;

    PeerDescription(AgentParts parts, NetworkPort port) {
        this.parts = parts;
        this.port = port;
    }

    PeerFacts facts(Set<String> whole) {
        var power = parts.machine().power();
        var mesh = parts.config().mesh();
        return new PeerFacts(
                parts.self(),
                port.address(),
                link(),
                power,
                HqReach.UNKNOWN,
                startedAt,
                mesh.weight().orElseGet(() -> weight(power)),
                Ranking.ALGORITHM,
                parts.version(),
                Pin.NONE,
                // Without HQ's address it can be everything but the uplink.
                parts.config().hq().kafka().isPresent() ? Pin.NONE : Pin.EXCLUDED,
                whole);
    }

    private Link link() {
        return port.kind() == NetworkPort.Kind.WIFI ? Link.WIFI : Link.WIRED;
    }

    private int weight(Power power) {
        var wired = link() == Link.WIRED ? 1 : 0;
        var mains = power == Power.MAINS ? 1 : 0;
        return Math.min(RankingMember.MAX_WEIGHT_CLASS, wired + mains);
    }

    PeerView view(Network network) {
        return new PeerView(
                network.site().orElse(null),
                parts.config().networks() == Networks.ANY,
                macs(),
                Labels.of(labels()),
                parts.snapshots().now());
    }

    /** This interface's first. HQ may know the machine by another one, and it is the same machine in every segment. */
    private List<String> macs() {
        return Stream.concat(
                        Stream.of(port.mac()),
                        parts.machine().ports().stream()
                                .filter(other -> other.kind() != NetworkPort.Kind.VIRTUAL)
                                .map(NetworkPort::mac))
                .filter(mac -> !mac.isEmpty())
                .distinct()
                .toList();
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>(parts.machine().labels());
        labels.put("host", parts.machine().hostName());
        labels.put("link", link() == Link.WIRED ? "wired" : "wifi");
        labels.put("power", parts.machine().power() == Power.MAINS ? "mains" : "battery");
        labels.put("agent", parts.version());
        for (var extra : parts.config().labels().extra().orElse(List.of())) {
            var equals = extra.indexOf('=');
            if (equals > 0) {
                labels.put(
                        extra.substring(0, equals).strip(),
                        extra.substring(equals + 1).strip());
            }
        }
        return labels;
    }

    PeerReported report(Network network, PeerView view, List<HeldPackage> held, List<String> problems) {
        var labels = labels();
        return new PeerReported(
                network.siteId(),
                network.segmentId(),
                parts.self(),
                labels.getOrDefault("host", parts.machine().hostName()),
                port.address().getHostAddress(),
                port.name(),
                view.macs(),
                Map.copyOf(view.labels().values()),
                problems,
                revision(parts.snapshots().policy()),
                held);
    }

    /** The highest revision of a record that holds here. */
    static long revision(PolicySnapshot snapshot) {
        return Stream.of(
                        snapshot.sites().values().stream().mapToLong(site -> site.revision()),
                        snapshot.policies().values().stream().mapToLong(policy -> policy.revision()),
                        snapshot.deployments().values().stream().mapToLong(deployment -> deployment.revision()),
                        snapshot.computers().values().stream().mapToLong(computer -> computer.revision()),
                        snapshot.packages().values().stream().mapToLong(pkg -> pkg.revision()))
                .flatMapToLong(revisions -> revisions)
                .max()
                .orElse(0);
    }

    SegmentStatus status(MeshState state, Network network, BootPost post, UplinkDesk desk, SegmentWatch watch) {
        var known = state.known();
        var uplink = known.directory().uplink();
        var mute = state instanceof Mute silent ? Optional.of(silent.reason().name()) : Optional.<String>empty();
        var silence = network.silence().or(post::problem).or(() -> mute);
        return new SegmentStatus(
                port.name(),
                port.address().getHostAddress(),
                network.site().orElse(null),
                network.segmentId(),
                state.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                mute.orElse(null),
                members(state),
                uplink.map(UplinkTerm::peer).orElse(null),
                uplink.map(UplinkTerm::term).orElse(0L),
                known.isUplink() ? "uplink" : "peer",
                known.isUplink() && !desk.isConnected() && !desk.lastProblem().isEmpty()
                        ? "unreachable: " + desk.lastProblem()
                        : known.self().hq().name().toLowerCase(Locale.ROOT),
                post.isServing() && mute.isEmpty(),
                silence.orElse(null),
                watch.findings().stream().map(SurveyReport::told).toList());
    }

    private static List<SegmentStatus.Member> members(MeshState state) {
        var facts = state.known().facts();
        Stream<UUID> ids = state.view().members().stream();
        return ids.flatMap(id -> Optional.ofNullable(facts.get(id)).stream())
                .map(peer -> new SegmentStatus.Member(
                        peer.id(),
                        peer.address().getHostAddress(),
                        peer.weightClass(),
                        peer.holdings().stream().sorted().toList(),
                        peer.agentVersion()))
                .toList();
    }
}
