package org.pxemesh.agent.boot;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.Arrivals;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.firmware.FormDesk;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.content.stream.StreamVerdict;
import org.pxemesh.mesh.Ranking;
import org.pxemesh.mesh.RankingInputs;
import org.pxemesh.mesh.RankingMember;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.loader.BootQuestion;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientGuid;
import org.pxemesh.netboot.pxe.OfferRace;
import org.pxemesh.netboot.pxe.Offered;
import org.pxemesh.netboot.pxe.ReplyContent;
import org.pxemesh.netboot.pxe.ReplyForms;
import org.pxemesh.policy.BootClient;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policy.Decider;
import org.pxemesh.policy.Decision;
import org.pxemesh.policy.Ignored;
import org.pxemesh.policy.Reason;

/**
 * Where the edges of one segment (DHCP, TFTP, HTTP) ask: what does this client get, who is it, what may it fetch, whose
 * turn is it?
 */
public final class BootDesk {

    /** Under this reference every member "holds" the right to report an ignored client. */
    private static final String REPORTERS = "";

    /** Peers that a script names; a client that three of them fail has another problem. */
    private static final int MAX_SOURCES = 3;

    private final Segment segment;
    private final HostNetwork network;
    private final BootSessions sessions;
    private final BootFiles files;
    private final BootReporter reporter;
    private final BootAddresses addresses;
    private final FormDesk forms;
    private final UnknownMachines unknown = new UnknownMachines();
    private final Ipv4Address self;
    private final IgnoredTally ignored = new IgnoredTally();
    private final CheckIns checkIns = new CheckIns(this);
    private final WaitingRoom waiting;

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
        this.self = Ipv4Address.of(segment.address());
        this.waiting = new WaitingRoom(this, addresses);
        this.forms = new FormDesk(segment, reporter::tookForm);
    }

    /** Which form a client gets. */
    public FormDesk forms() {
        return forms;
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

    /** Where booted systems tell that they are up. */
    public CheckIns checkIns() {
        return checkIns;
    }

    /** Machines that wait in iPXE for what is still on its way. */
    public WaitingRoom waiting() {
        return waiting;
    }

    /** Applies HQ's records to a client. */
    public Decision decide(ClientFacts facts) {
        ClientArchitecture architecture =
                ClientArchitecture.ofCode(facts.architecture().code());
        String mac = facts.mac().toString();
        sessions.saw(mac, architecture);
        if (facts.isDiscover() && !facts.ipxe()) {
            sessions.beginsAnew(mac).ifPresent(reporter::refused);
        }
        BootClient client = client(mac, facts.guid().map(ClientGuid::toString).orElse(null), architecture);
        Decision decision = judged(askable(decide(client), facts), Readers.expected(facts));
        return facts.httpClient() && decision instanceof BootPlan plan && BootDisk.isOnlyWay(plan) && isArriving(plan)
                ? arriving(plan, "the disk for UEFI HTTP Boot is made when all of it is here")
                : decision;
    }

    private BootClient client(String mac, @Nullable String guid, ClientArchitecture architecture) {
        return new BootClient(mac, guid, architecture, sessions.refusedBy(mac).orElse(null));
    }

    /** Who is to be asked by a firmware that has no menu is not asked, and so does not boot. */
    private static Decision askable(Decision decision, ClientFacts facts) {
        boolean mute = decision instanceof BootPlan plan
                && plan.menu()
                && !facts.ipxe()
                && ReplyForms.asking(facts).isEmpty();
        return mute
                ? new Ignored(
                        List.of(new Ignored.Refusal(
                                Reason.NO_PROMPT_LOADER,
                                "a " + facts.firmware() + " client has no PXE menu to ask by")),
                        null)
                : decision;
    }

    Decision decide(BootClient client) {
        return unknown.decide(client, segment.snapshot(), heldOrArriving(), segment.view());
    }

    private Map<String, Set<String>> heldOrArriving() {
        Map<String, Set<String>> held = segment.held();
        Map<String, Set<String>> arriving = segment.arrivals().packages();
        if (arriving.isEmpty()) {
            return held;
        }
        Map<String, Set<String>> both = new HashMap<>(arriving);
        both.putAll(held);
        return both;
    }

    /** Whether nobody in the segment has all of it, so that a plan stands on what is still arriving here. */
    private boolean isArriving(BootPlan plan) {
        return !segment.held().containsKey(plan.packageRef());
    }

    private static Ignored arriving(BootPlan plan, String words) {
        return new Ignored(
                List.of(new Ignored.Refusal(Reason.PACKAGE_ARRIVING, "package " + plan.packageRef() + ": " + words)),
                null);
    }

    /** A plan is no answer yet when its files are still arriving, too slowly for a client that begins now. */
    private Decision judged(Decision decision, Arrivals.Reader reader) {
        if (!(decision instanceof BootPlan plan) || !isArriving(plan)) {
            return decision;
        }
        StreamVerdict verdict = segment.arrivals().mayOffer(plan.packageRef(), plan.reading(), reader);
        return verdict.isNow() ? plan : arriving(plan, verdict.words());
    }

    /** What a machine gets that waits: only what somebody has all of. */
    Decision decideForWaiting(BootClient client) {
        return Decider.decide(client, segment.snapshot(), segment.held(), segment.view());
    }

    /** What is still arriving here. */
    public Arrivals arrivals() {
        return segment.arrivals();
    }

    /** This peer's turn among the holders of the plan's package and those that can point at one. */
    public Turn turn(HardwareAddress client, BootPlan plan) {
        if (isArriving(plan)) {
            List<UUID> gatherers = Ranking.gatherers(client.octets(), segment.ranking(), segment.uplink()).stream()
                    .map(RankingMember::id)
                    .toList();
            return new Turn(gatherers.indexOf(segment.peerId()), 0);
        }
        return turn(client, segment.ranking(), plan.packageRef());
    }

    /** The peer of a rank among the holders of the plan's package and those that can point at one. */
    public Optional<UUID> peerAt(int rank, HardwareAddress client, BootPlan plan) {
        return Ranking.answerers(client.octets(), segment.ranking(), plan.packageRef()).stream()
                .map(RankingMember::id)
                .skip(Math.max(0, rank))
                .findFirst();
    }

    /**
     * The address that serves a client which this peer answers: its own where it holds the plan's package, else that of
     * the holder whose turn the attempt is.
     */
    public Ipv4Address server(HardwareAddress client, BootPlan plan, int attempt) {
        RankingInputs inputs = segment.ranking();
        if (inputs.holders(plan.packageRef()).contains(segment.peerId())) {
            return self;
        }
        return Ranking.responder(Ranking.rank(client.octets(), inputs, plan.packageRef()), attempt)
                .map(RankingMember::address)
                .map(address -> Ipv4Address.of((Inet4Address) address))
                .orElse(self);
    }

    /**
     * Another peer answered a client and pointed at this one, which may not have heard it. What it asks for next is part
     * of the boot that the other peer named.
     */
    public void pointedHere(Offered offered, Offered.Pointed pointed, long now) {
        String mac = offered.client().mac().toString();
        ClientArchitecture architecture = ClientArchitecture.ofCode(pointed.architecture());
        sessions.saw(mac, architecture);
        String guid = pointed.guid().map(ClientGuid::toString).orElse(null);
        if (decide(client(mac, guid, architecture)) instanceof BootPlan plan) {
            sessions.discovered(mac, offered.xid(), plan, true, now);
        }
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
        Ranking.Place place = Ranking.place(client.octets(), inputs, packageRef, segment.peerId());
        return new Turn(place.rank(), place.holders());
    }

    /**
     * A peer's place for one client.
     *
     * @param rank from 0; {@code holders} or more when it can only point at a holder; -1 when it does not take part
     * @param holders peers that could serve
     */
    public record Turn(int rank, int holders) {

        /** Whether it is this peer's turn before all others in an attempt. */
        public boolean isFirst(int attempt) {
            return rank >= 0 && OfferRace.turn(rank, attempt, holders) == 0;
        }
    }

    /**
     * What the client is told to fetch first, and where Microsoft's boot manager finds its store.
     *
     * @param server the address that serves it, this peer's or a holder's
     */
    public ReplyContent reply(BootSession session, ClientFacts facts, Ipv4Address server) {
        BootAddresses there = server.equals(self) ? addresses : addresses.at(server.toString());
        boolean whole = !isArriving(session.plan());
        String program = BootPrograms.of(session.plan(), facts, there, session.token(), whole);
        Optional<String> bcd =
                Optional.ofNullable(session.plan().windows()).map(windows -> WindowsNames.bcdPath(session.bootId()));
        BootPlan plan = session.plan();
        return new ReplyContent(
                server, program, bcd, plan.menu() ? Optional.of(ScriptTerms.question(plan)) : Optional.empty());
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
        Optional<BootSession> session = sessions.byAddress(address).or(() -> byNeighbour(address, now));
        session.filter(BootSession::discovered).ifPresent(took -> forms.took(HardwareAddress.parse(took.mac()), now));
        return session;
    }

    /** The machine behind an address, as far as it was seen or the neighbour table knows it. */
    Optional<String> macOf(Ipv4Address address) {
        return sessions.macOf(address)
                .or(() -> network.neighbour(address.toInetAddress()).map(HardwareAddress::toString));
    }

    /**
     * The boot that a client names by the address it was given. A peer that does not know it goes on with it, when it is
     * that machine's and HQ would still have it boot: a neighbour began it, or this peer was started anew since.
     */
    public Optional<BootSession> sessionOf(BootToken token, Ipv4Address address, long now) {
        return sessions.byId(token.bootId())
                .or(() -> macOf(address)
                        .filter(mac -> sessions.isOf(token, mac))
                        .flatMap(
                                mac -> likeliestPlan(mac).map(plan -> sessions.adopt(token, mac, plan, address, now))));
    }

    private Optional<BootPlan> likeliestPlan(String mac) {
        return likeliest(mac).stream()
                .map(architecture -> decide(client(mac, null, architecture)))
                .filter(BootPlan.class::isInstance)
                .map(BootPlan.class::cast)
                .findFirst();
    }

    private Optional<BootSession> byNeighbour(Ipv4Address address, long now) {
        Optional<String> mac = network.neighbour(address.toInetAddress()).map(HardwareAddress::toString);
        Optional<BootSession> known = mac.flatMap(sessions::byMac);
        if (known.isPresent()) {
            mac.ifPresent(m -> sessions.learn(m, address));
            return known;
        }
        return likeliestPlan(mac.orElse("00:00:00:00:00:00"))
                .map(plan -> sessions.walkIn(mac.orElse("address " + address), plan, address, now));
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

    /** HQ may have changed its mind while a machine asked the person in front of it. */
    private Optional<BootSession> decidedAnew(BootSession session) {
        BootPlan old = session.plan();
        return decide(client(session.mac(), null, old.architecture())) instanceof BootPlan plan
                ? Optional.of(sessions.decidedAnew(session, plan, Monotonic.millis()))
                : Optional.empty();
    }

    /** Where a boot's files are: here first, if this peer holds them, and at the holders in their order for this client. */
    List<String> sources(BootSession session) {
        List<String> all = new ArrayList<>();
        String ref = session.plan().packageRef();
        RankingInputs inputs = segment.ranking();
        if (session.discovered()) { // anybody else may have no hardware address that we know
            Ranking.rank(HardwareAddress.parse(session.mac()).octets(), inputs, ref).stream()
                    .filter(member -> !member.id().equals(segment.peerId()))
                    .limit(MAX_SOURCES - 1)
                    .map(member ->
                            addresses.at(member.address().getHostAddress()).files(session.token()))
                    .forEach(all::add);
        }
        boolean last = !inputs.holders(ref).contains(segment.peerId());
        all.add(last ? all.size() : 0, addresses.files(session.token()));
        return all;
    }

    /** The file that a client asks for, when its plan has it and it is here. */
    public Optional<ServedFile> file(BootSession session, String path) {
        boolean waited = BootQuestion.secondsLeft(path).isPresent();
        Optional<BootSession> boot = waited ? decidedAnew(session) : Optional.of(session);
        return boot.flatMap(current -> files.find(current, path, sources(current)));
    }
}
