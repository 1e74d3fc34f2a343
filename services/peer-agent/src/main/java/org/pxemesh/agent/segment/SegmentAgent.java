package org.pxemesh.agent.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.pxemesh.agent.Arrivals;
import org.pxemesh.agent.content.Swarm;
import org.pxemesh.agent.firmware.FirmwareMemory;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.mesh.Membership;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.agent.watch.SegmentWatch;
import org.pxemesh.agent.watch.SurveyReport;
import org.pxemesh.mesh.MeshEffect;
import org.pxemesh.mesh.MeshEffects;
import org.pxemesh.mesh.MeshEvent;
import org.pxemesh.mesh.MeshState;
import org.pxemesh.mesh.MeshView;
import org.pxemesh.mesh.Moment;
import org.pxemesh.mesh.Mute;
import org.pxemesh.mesh.Ranking;
import org.pxemesh.mesh.RankingInputs;
import org.pxemesh.mesh.RankingMember;
import org.pxemesh.mesh.UplinkTerm;
import org.pxemesh.policy.PeerView;
import org.pxemesh.policy.PolicyChoice;
import org.pxemesh.policy.PolicySnapshot;

/**
 * This peer on one segment. One thread feeds the mesh's state with what happens and carries its effects out; everybody
 * else hands tasks to that thread and reads volatile values.
 */
public final class SegmentAgent implements Membership.Listener {
    private static final Logger LOG = Logger.getLogger(SegmentAgent.class);

    private final AgentParts parts;
    private final NetworkPort port;
    private final Swarm swarm;
    private final SiteSide site;
    private final Membership membership;
    private final PeerDescription description;
    private final SnapshotExchange exchange;
    private final UplinkDesk uplink;
    private final BootPost post;
    private final SegmentInbox inbox;
    private final SegmentHolders holders;
    private final SegmentMessages messages;
    private final SegmentEffects effects;
    private final SegmentWatch watch = new SegmentWatch();
    private final SurveyReport surveys;
    private final List<MeshEffect> pending = new ArrayList<>();
    private UUID seed = UUID.randomUUID();
    private volatile MeshState state;
    private volatile Network network;
    private volatile PeerView peerView;
    private volatile long uploadRate;

    /**
     * A segment that {@link #start} joins.
     *
     * @param membersChanged called when others are there, or another uplink, to hold what is to be held
     */
    public SegmentAgent(AgentParts parts, NetworkPort port, Swarm swarm, SiteSide site, Runnable membersChanged) {
        this.site = site;
        this.parts = parts;
        this.port = port;
        this.swarm = swarm;
        this.membership = parts.connections().membership(parts.self(), port);
        this.description = new PeerDescription(parts, port);
        this.surveys = new SurveyReport(parts.self());
        this.exchange = new SnapshotExchange(parts.snapshots(), new SegmentWire(this));
        this.network =
                Network.of(port, parts.snapshots().policy(), parts.config().networks(), seed);
        this.peerView = description.view(network);
        this.state = MeshState.starting(
                description.facts(swarm.whole()), parts.identity().highestTerm(), now());
        this.uplink = new UplinkDesk(parts, exchange, description, swarm, this);
        this.post = new BootPost(parts.boot(), port);
        this.inbox = new SegmentInbox(port.name(), parts.metrics(), this::carryOut);
        this.holders = new SegmentHolders(parts.store(), parts.snapshots());
        this.messages = new SegmentMessages(this, parts, swarm, exchange);
        this.effects =
                new SegmentEffects(this, parts, swarm, membership, exchange, holders, uplink, post, membersChanged);
    }

    /** Begins to join and to listen. */
    public void start() {
        inbox.start();
        membership.join(this);
    }

    /** Says goodbye. */
    public void close() {
        run(() -> {
            post.leave();
            uplink.stop();
            parts.outbox().route(this, null);
            membership.leave();
            inbox.close();
        });
    }

    public NetworkPort port() {
        return port;
    }

    SiteSide site() {
        return site;
    }

    UUID self() {
        return parts.self();
    }

    UplinkDesk desk() {
        return uplink;
    }

    RankingInputs ranking() {
        return holders.ranking();
    }

    PolicySnapshot policy() {
        return parts.snapshots().policy();
    }

    /** This peer as decisions look at it, now. */
    public PeerView peerView() {
        var view = peerView;
        return new PeerView(
                view.siteId(),
                view.servesUnknownNetworks(),
                view.macs(),
                view.labels(),
                parts.snapshots().now());
    }

    Arrivals arrivals() {
        return swarm.arrivals();
    }

    Map<String, Set<String>> held() {
        return holders.files();
    }

    Network network() {
        return network;
    }

    /** Bytes per second that neighbours get at most, by the policy that this peer follows; 0 = as much as they ask for. */
    long uploadRate() {
        return uploadRate;
    }

    MeshState state() {
        return state;
    }

    FirmwareMemory firmware() {
        return parts.firmware();
    }

    /** What was found here beside the mesh. */
    public SegmentWatch watch() {
        return watch;
    }

    /** Whether boot clients may be answered here, and so content is worth holding. */
    public boolean isServed() {
        return network.isServed();
    }

    public UUID siteId() {
        return network.siteId();
    }

    public UUID segmentId() {
        return network.segmentId();
    }

    /** The members that rank, this peer included; also while HQ knows no site for this segment. */
    public List<RankingMember> members() {
        return ranking().members();
    }

    /**
     * Whether this peer is one of those that hold a package here, or holds it until they do. While nobody ranks, nothing
     * is given up.
     *
     * @param count how many are to hold it, 0 = all
     */
    public boolean shallHold(String packageRef, int count) {
        return count <= 0
                || ranking().members().isEmpty()
                || Ranking.holds(self(), packageRef, ranking(), uplink(), count);
    }

    /** The uplink of the current term. */
    public Optional<UUID> uplink() {
        return state.known().directory().uplink().map(UplinkTerm::peer);
    }

    public boolean isUplink() {
        return state.known().isUplink();
    }

    public SegmentStatus status() {
        return description.status(state, network, post, uplink, watch);
    }

    /** What keeps this peer from serving here, or from serving all it should, in words; empty when nothing does. */
    List<String> problems() {
        return Stream.of(
                        network.silence().stream(),
                        post.problem().stream(),
                        swarm.problems().stream(),
                        site.problems(this).stream())
                .flatMap(problems -> problems)
                .toList();
    }

    /** Whether this segment waits for its next {@link #tick}: without a view, or with something to tell HQ. Any thread. */
    public boolean isUrgent() {
        return state instanceof Mute || uplink.isReportDue();
    }

    /** Some time passed: half a second where it {@link #isUrgent}, else two. */
    public void tick() {
        run(() -> {
            apply(new MeshEvent.Tick());
            post.retry(ServedSegment::new, this);
            uplink.tick();
            survey();
        });
    }

    /**
     * Every peer tells what it sees: a speaker that does not serve would not look, and HQ counts each finding once. On the
     * way to HQ these wait on disk as other events do; each carries its time, and the latest counts.
     */
    private void survey() {
        if (!post.isServing()) {
            watch.forget();
        }
        surveys.due(siteId(), segmentId(), watch.look(), System.nanoTime()).forEach(parts.outbox()::publish);
    }

    /** This peer's timer ran late. */
    public void late(long millis) {
        membership.late(millis);
    }

    /** The agent did not run for so many milliseconds. */
    public void clockGap(long millis) {
        run(() -> {
            LOG.warnf("event=clock-gap interface=%s millis=%d", port.name(), millis);
            apply(new MeshEvent.ClockGap(millis));
        });
    }

    /** Which segments of the site are within reach, or out of it, is different now. */
    void linksChanged() {
        uplink.reportSoon();
    }

    /** The interface lost or found its carrier. */
    public void linkChanged(boolean up) {
        run(() -> apply(new MeshEvent.LinkChanged(up)));
    }

    /** HQ said something new: where we are and what we may do may be different now. */
    public void snapshotChanged() {
        run(this::judge);
    }

    /** Other packages are whole here. */
    public void holdingsChanged(Set<String> whole) {
        run(() -> {
            apply(new MeshEvent.OwnFactsChanged(description.facts(whole)));
            holders.refresh();
            uplink.reportSoon();
        });
    }

    /** Tells the neighbours of this segment. */
    public void broadcast(MeshMessage message) {
        membership.broadcast(MeshCodec.encode(message));
    }

    @Override
    public void viewChanged(MeshView view) {
        run(() -> {
            LOG.infof(
                    "event=view interface=%s id=%d members=%d coordinator=%s",
                    port.name(),
                    view.id(),
                    view.members().size(),
                    view.members().isEmpty() ? "none" : view.members().getFirst());
            apply(new MeshEvent.ViewChanged(view));
        });
    }

    @Override
    public void received(UUID from, byte[] bytes) {
        run(() -> messages.received(from, bytes));
    }

    @Override
    public void lost(String reason) {
        run(() -> {
            LOG.warnf("event=mesh-lost interface=%s reason=%s", port.name(), reason);
            apply(new MeshEvent.ChannelLost(reason));
        });
    }

    /** Does something on the segment's thread. */
    void run(Runnable task) {
        inbox.run(task);
    }

    /** One event of the mesh; on the segment's thread only. */
    void apply(MeshEvent event) {
        var transition = state.apply(event, now());
        if (!transition.state().getClass().equals(state.getClass())) {
            LOG.infof(
                    "event=state interface=%s state=%s",
                    port.name(), transition.state().getClass().getSimpleName());
        }
        state = transition.state();
        pending.addAll(transition.effects());
        if (!transition.effects().stream().allMatch(MeshEffects::mayWait)) {
            carryOut();
        }
    }

    /** What the events at hand asked for; on the segment's thread only. */
    private void carryOut() {
        if (!pending.isEmpty()) {
            var due = MeshEffects.condensed(pending);
            pending.clear();
            due.forEach(effects::carryOut);
        }
    }

    /** What the coordinator seeds the ids of unknown networks with. */
    UUID seed() {
        return seed;
    }

    /** The coordinator published its seed. */
    void seeded(UUID published) {
        if (!seed.equals(published)) {
            seed = published;
            judge();
        }
    }

    private void judge() {
        network = Network.of(port, policy(), parts.config().networks(), seed);
        peerView = description.view(network);
        uploadRate = PolicyChoice.covering(policy(), peerView())
                .map(covering -> covering.hold().uploadBytesPerSecond())
                .orElse(0L);
        uplink.site(network.site().orElse(null));
        post.judge(this, network, ServedSegment::new);
        holders.refresh();
        uplink.reportSoon();
    }

    /** Sends to one member; any thread. */
    boolean send(UUID to, MeshMessage message) {
        return membership.send(to, MeshCodec.encode(message));
    }

    boolean isUplinkOfDirectory(UUID peer) {
        return state.known()
                .directory()
                .uplink()
                .filter(term -> term.peer().equals(peer))
                .isPresent();
    }

    private static Moment now() {
        return new Moment(System.nanoTime() / 1_000_000, System.currentTimeMillis() / 1_000);
    }
}
