package org.pxemesh.agent.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.mesh.Ranking;
import org.pxemesh.mesh.RankingInputs;
import org.pxemesh.mesh.RankingMember;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientGuid;
import org.pxemesh.netboot.pxe.ReplyContent;
import org.pxemesh.policy.BootClient;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policy.Decider;
import org.pxemesh.policy.Decision;

/**
 * Where the edges of one segment (DHCP, TFTP, HTTP) ask: what does this client get, who is it, what may it fetch, whose
 * turn is it?
 */
public final class BootDesk {

    /** Under this reference every member "holds" the right to report an ignored client. */
    private static final String REPORTERS = "";

    private final Segment segment;
    private final HostNetwork network;
    private final BootSessions sessions;
    private final BootFiles files;
    private final BootReporter reporter;
    private final BootAddresses addresses;
    private final IgnoredTally ignored = new IgnoredTally();

    public BootDesk(
            Segment segment,
            HostNetwork network,
            BootSessions sessions,
            BootFiles files,
            BootReporter reporter,
            BootAddresses addresses) {
        this.segment = segment;
        this.network = network;
        this.sessions = sessions;
        this.files = files;
        this.reporter = reporter;
        this.addresses = addresses;
    }

    public Segment segment() {
        return segment;
    }

    public BootSessions sessions() {
        return sessions;
    }

    public BootReporter reporter() {
        return reporter;
    }

    /** Applies HQ's records to a client. */
    public Decision decide(ClientFacts facts) {
        ClientArchitecture architecture =
                ClientArchitecture.ofCode(facts.architecture().code());
        sessions.saw(facts.mac().toString(), architecture);
        return decide(new BootClient(
                facts.mac().toString(), facts.guid().map(ClientGuid::toString).orElse(null), architecture));
    }

    private Decision decide(BootClient client) {
        return Decider.decide(client, segment.snapshot(), segment.held(), segment.view());
    }

    /** This peer's turn among the holders of the plan's package. */
    public Turn turn(HardwareAddress client, BootPlan plan) {
        return turn(client, segment.ranking(), plan.packageRef());
    }

    /** The peer of a rank among the holders of the plan's package. */
    public Optional<UUID> peerAt(int rank, HardwareAddress client, BootPlan plan) {
        return Ranking.rank(client.octets(), segment.ranking(), plan.packageRef()).stream()
                .map(RankingMember::id)
                .skip(Math.max(0, rank))
                .findFirst();
    }

    /** Whether a peer is in the segment, as far as there is a fresh view. */
    public boolean isMember(UUID peer) {
        return segment.ranking().members().stream().anyMatch(m -> m.id().equals(peer));
    }

    /** This peer's turn among all members, for telling that nobody answered. */
    public Turn reporterTurn(HardwareAddress client) {
        RankingInputs inputs = segment.ranking();
        Set<UUID> all = inputs.members().stream().map(RankingMember::id).collect(Collectors.toUnmodifiableSet());
        return turn(
                client,
                new RankingInputs(
                        inputs.viewId(),
                        inputs.version(),
                        inputs.algorithm(),
                        inputs.members(),
                        Map.of(REPORTERS, all)),
                REPORTERS);
    }

    private Turn turn(HardwareAddress client, RankingInputs inputs, String packageRef) {
        List<UUID> ranked = Ranking.rank(client.octets(), inputs, packageRef).stream()
                .map(RankingMember::id)
                .toList();
        return new Turn(ranked.indexOf(segment.peerId()), ranked.size());
    }

    /**
     * A peer's place for one client.
     *
     * @param rank from 0; -1 when it does not take part
     * @param holders peers that could serve
     */
    public record Turn(int rank, int holders) {

        /** Whether it is this peer's turn before all others in an attempt. */
        public boolean isFirst(int attempt) {
            return rank >= 0 && Math.floorMod(rank - attempt, holders) == 0;
        }
    }

    /** What the client is told to fetch first, and where Microsoft's boot manager finds its store. */
    public ReplyContent reply(BootSession session, ClientFacts facts) {
        String program = BootPrograms.of(session.plan(), facts, addresses, session.bootId());
        Optional<String> bcd =
                Optional.ofNullable(session.plan().windows()).map(windows -> WindowsNames.bcdPath(session.bootId()));
        return new ReplyContent(Ipv4Address.of(segment.address()), program, bcd);
    }

    /** Tells that a client got nothing, once in ten minutes for equal cases. Boot thread only. */
    public void ignored(String mac, List<String> reasons, long now) {
        ignored.add(new IgnoredTally.Case(mac, reasons), now).forEach(reporter::ignored);
    }

    /** Ends what was quiet for too long. Boot thread only. */
    public void expire(long now) {
        ignored.flush(now).forEach(reporter::ignored);
        reporter.expired(sessions.expire(now));
    }

    /**
     * The boot of whoever asks from an address. A client that never discovered (curl, a technician's TFTP client) is
     * decided about as the machine that it is, as far as the neighbour table knows it.
     */
    public Optional<BootSession> sessionOf(Ipv4Address address, long now) {
        return sessions.byAddress(address).or(() -> byNeighbour(address, now));
    }

    private Optional<BootSession> byNeighbour(Ipv4Address address, long now) {
        Optional<String> mac = network.neighbour(address.toInetAddress()).map(HardwareAddress::toString);
        Optional<BootSession> known = mac.flatMap(sessions::byMac);
        if (known.isPresent()) {
            mac.ifPresent(m -> sessions.learn(m, address));
            return known;
        }
        String name = mac.orElse("00:00:00:00:00:00");
        for (ClientArchitecture architecture : likeliest(name)) {
            if (decide(new BootClient(name, null, architecture)) instanceof BootPlan plan) {
                return Optional.of(sessions.walkIn(mac.orElse("address " + address), plan, address, now));
            }
        }
        return Optional.empty();
    }

    /** All architectures; first the one that the client named when it discovered, perhaps to another peer. */
    private List<ClientArchitecture> likeliest(String mac) {
        List<ClientArchitecture> all = new ArrayList<>(List.of(ClientArchitecture.values()));
        sessions.architectureOf(mac).ifPresent(known -> {
            all.remove(known);
            all.addFirst(known);
        });
        return all;
    }

    /** The file that a client asks for, when its plan has it and it is here. */
    public Optional<ServedFile> file(BootSession session, String path) {
        return files.find(session, path);
    }
}
