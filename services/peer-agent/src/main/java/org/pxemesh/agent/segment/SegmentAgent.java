package org.pxemesh.agent.segment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.pxemesh.agent.content.Swarm;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.identity.Identity;
import org.pxemesh.agent.mesh.Membership;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.events.PeerJoined;
import org.pxemesh.events.PeerLeft;
import org.pxemesh.mesh.Directory;
import org.pxemesh.mesh.MeshEffect;
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
import org.pxemesh.policy.PolicySnapshot;

/**
 * This peer on one segment. One thread feeds the mesh's state with what happens and carries its effects out; everybody
 * else hands tasks to that thread and reads volatile values.
 */
public final class SegmentAgent implements Membership.Listener {
    private static final Logger LOG = Logger.getLogger(SegmentAgent.class);
    private static final int INBOX = 20_000;

    private final AgentParts parts;
    private final NetworkPort port;
    private final Swarm swarm;
    private final SiteSide site;
    private final Runnable membersChanged;
    private final Membership membership;
    private final PeerDescription description;
    private final SnapshotExchange exchange;
    private final UplinkDesk uplink;
    private final BootPost post;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>(INBOX);
    private UUID seed = UUID.randomUUID();
    private volatile MeshState state;
    private volatile Network network;
    private volatile RankingInputs ranking = RankingInputs.NONE;
    private volatile Map<String, Set<String>> held = Map.of();
    private volatile PeerView peerView;
    private volatile boolean closed;

    /**
     * A segment that {@link #start} joins.
     *
     * @param membersChanged called when others are there, or another uplink, to hold what is to be held
     */
    public SegmentAgent(AgentParts parts, NetworkPort port, Swarm swarm, SiteSide site, Runnable membersChanged) {
        this.site = site;
        this.membersChanged = membersChanged;
        this.parts = parts;
        this.port = port;
        this.swarm = swarm;
        this.membership = parts.connections().membership(parts.self(), port);
        this.description = new PeerDescription(parts, port);
        this.exchange = new SnapshotExchange(parts.snapshots(), new SegmentWire(this));
        this.network =
                Network.of(port, parts.snapshots().policy(), parts.config().networks(), seed);
        this.peerView = description.view(network);
        this.state = MeshState.starting(
                description.facts(swarm.whole()), parts.identity().highestTerm(), now());
        this.uplink = new UplinkDesk(parts, exchange, description, swarm, this);
        this.post = new BootPost(parts.boot(), port);
    }

    /** Begins to join and to listen. */
    public void start() {
        Thread.ofVirtual().name("segment-" + port.name()).start(this::work);
        membership.join(this);
    }

    /** Says goodbye. */
    public void close() {
        run(() -> {
            post.leave();
            uplink.stop();
            parts.outbox().route(this, null);
            membership.leave();
            closed = true;
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
        return ranking;
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

    Map<String, Set<String>> held() {
        return held;
    }

    Network network() {
        return network;
    }

    MeshState state() {
        return state;
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
        return ranking.members();
    }

    /**
     * Whether this peer is one of those that hold a package here. While nobody ranks, nothing is given up.
     *
     * @param count how many are to hold it, 0 = all
     */
    public boolean shallHold(String packageRef, int count) {
        return count <= 0
                || ranking.members().isEmpty()
                || Ranking.shallHold(self(), packageRef, ranking, uplink(), count);
    }

    /** The uplink of the current term. */
    public Optional<UUID> uplink() {
        return state.known().directory().uplink().map(UplinkTerm::peer);
    }

    public boolean isUplink() {
        return state.known().isUplink();
    }

    public SegmentStatus status() {
        return description.status(state, network, post, uplink);
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

    /** Half a second passed. */
    public void tick() {
        run(() -> {
            apply(new MeshEvent.Tick());
            post.retry(ServedSegment::new, this);
            uplink.tick();
        });
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
            refreshHeld();
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
        run(() -> {
            var message = MeshCodec.decode(bytes);
            if (message.isEmpty()) {
                parts.metrics().malformed();
            } else {
                handle(from, message.get());
            }
        });
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
        if (!inbox.offer(task)) {
            parts.metrics().malformed();
        }
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
        transition.effects().forEach(this::carryOut);
    }

    private void handle(UUID from, MeshMessage message) {
        switch (message) {
            case MeshMessage.FactsAnnounced(var facts, var term) -> {
                if (facts.id().equals(from)) {
                    apply(new MeshEvent.PeerFactsChanged(facts, Optional.ofNullable(term)));
                }
            }
            case MeshMessage.DirectoryPublished directory -> onDirectory(from, directory);
            case MeshMessage.ViewAsked ignored -> {
                if (!(state instanceof Mute)) {
                    send(from, new MeshMessage.ViewAnswered(state.view().id()));
                }
            }
            case MeshMessage.ViewAnswered(var viewId) -> apply(new MeshEvent.ViewConfirmed(viewId, from));
            case MeshMessage.RecordsShared shared -> exchange.onRecords(from, shared);
            case MeshMessage.SnapshotTold told -> exchange.onTold(from, told);
            case MeshMessage.SnapshotAsked asked -> exchange.onAsked(from, asked);
            case MeshMessage.HoldingsTold told -> swarm.told(from, told);
            case MeshMessage.ChunksTold told -> swarm.told(from, told);
            case MeshMessage.UplinksTold told -> site.told(told);
            case MeshMessage.EventsSent sent -> uplink.onEvents(from, sent);
            case MeshMessage.EventsTaken(var batch) -> {
                if (isUplinkOfDirectory(from)) {
                    parts.outbox().taken(batch);
                }
            }
        }
    }

    private void onDirectory(UUID from, MeshMessage.DirectoryPublished published) {
        var directory = new Directory(
                published.viewId(),
                published.version(),
                Optional.ofNullable(published.uplink()),
                published.entries().stream()
                        .map(entry -> new Directory.Entry(entry.facts(), entry.weightClass(), 0))
                        .toList());
        apply(new MeshEvent.DirectoryReceived(from, directory));
        if (state.known().directory().viewId() == published.viewId() && !seed.equals(published.seed())) {
            seed = published.seed();
            judge();
        }
    }

    private void carryOut(MeshEffect effect) {
        switch (effect) {
            case MeshEffect.Silence ignored -> {
                ranking = RankingInputs.NONE;
                post.drain();
            }
            case MeshEffect.Serve(var inputs) -> serve(inputs);
            case MeshEffect.Announce(var facts, var term) ->
                broadcast(new MeshMessage.FactsAnnounced(facts, term.orElse(null)));
            case MeshEffect.Publish(var directory) -> publish(directory);
            case MeshEffect.AskView() ->
                broadcast(new MeshMessage.ViewAsked(state.view().id()));
            case MeshEffect.Rejoin() -> membership.join(this);
            case MeshEffect.StartUplink(var term, var predecessor) -> {
                LOG.infof(
                        "event=uplink-elected interface=%s term=%d predecessor=%s",
                        port.name(),
                        term.term(),
                        predecessor.map(UUID::toString).orElse("none"));
                uplink.start(term);
            }
            case MeshEffect.StopUplink() -> {
                LOG.infof("event=uplink-lost interface=%s", port.name());
                uplink.stop();
            }
            case MeshEffect.FollowUplink(var term) -> follow(term);
            case MeshEffect.ProbeHq() -> probe();
            case MeshEffect.RememberTerm(var term) ->
                Thread.ofVirtual()
                        .start(() -> Identity.rememberTerm(parts.config().stateDir(), term));
            case MeshEffect.ReportJoined(var facts) ->
                uplink.report((site, segment) -> new PeerJoined(
                        site, segment, facts.id(), facts.address().getHostAddress(), facts.agentVersion()));
            case MeshEffect.ReportLeft(var peer) ->
                uplink.report((site, segment) -> new PeerLeft(site, segment, peer, false));
        }
    }

    private void serve(RankingInputs inputs) {
        var before = ids(ranking);
        var after = ids(inputs);
        ranking = inputs;
        before.stream().filter(peer -> !after.contains(peer)).forEach(swarm::left);
        refreshHeld();
        if (!before.equals(after)) {
            membersChanged.run();
        }
        if (!before.containsAll(after)) {
            swarm.introduce();
            if (isUplink()) {
                exchange.tell();
                site.introduce(this);
            }
        }
    }

    private void publish(Directory directory) {
        broadcast(new MeshMessage.DirectoryPublished(
                directory.viewId(),
                directory.version(),
                directory.uplink().orElse(null),
                seed,
                directory.entries().stream()
                        .map(entry -> new MeshMessage.DirectoryEntry(entry.facts(), entry.weightClass()))
                        .toList()));
    }

    private void follow(UplinkTerm term) {
        membersChanged.run();
        parts.outbox().route(this, term.peer().equals(self()) ? uplink::takeOwn : events -> send(term.peer(), events));
        if (!term.peer().equals(self())) {
            exchange.introduce(term.peer());
        }
        uplink.reportSoon();
    }

    private void probe() {
        Thread.ofVirtual().name("hq-probe").start(() -> {
            var answers = parts.connections().hqAnswers();
            run(() -> apply(answers ? new MeshEvent.HqReachable() : new MeshEvent.HqUnreachable()));
        });
    }

    private void judge() {
        network = Network.of(port, policy(), parts.config().networks(), seed);
        peerView = description.view(network);
        uplink.site(network.site().orElse(null));
        post.judge(this, network, ServedSegment::new);
        refreshHeld();
        uplink.reportSoon();
    }

    /** Files of the packages that somebody here holds whole; the manifest may still be on its way. */
    private void refreshHeld() {
        held = ranking.holders().keySet().stream()
                .filter(boot -> parts.store().manifest(boot).isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        boot -> boot,
                        boot -> parts.store().manifest(boot).orElseThrow().files().stream()
                                .map(ManifestFile::path)
                                .collect(Collectors.toUnmodifiableSet())));
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

    private static Set<UUID> ids(RankingInputs inputs) {
        return inputs.members().stream().map(member -> member.id()).collect(Collectors.toUnmodifiableSet());
    }

    private void work() {
        while (!closed) {
            try {
                inbox.take().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                // A hostile or broken message must not end the segment.
                parts.metrics().malformed();
                LOG.warnf(e, "event=segment-task-failed interface=%s", port.name());
            }
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime() / 1_000_000, System.currentTimeMillis() / 1_000);
    }
}
