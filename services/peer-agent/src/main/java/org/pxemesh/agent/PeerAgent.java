package org.pxemesh.agent;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.pxemesh.agent.content.ContentClient;
import org.pxemesh.agent.content.ContentPlaces;
import org.pxemesh.agent.content.Neighbourhood;
import org.pxemesh.agent.content.Swarm;
import org.pxemesh.agent.content.WanClient;
import org.pxemesh.agent.host.Hosts;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.agent.segment.AgentParts;
import org.pxemesh.agent.segment.SegmentAgent;
import org.pxemesh.agent.segment.SiteUplinks;
import org.pxemesh.agent.store.ContentKeeper;
import org.pxemesh.agent.store.ContentSpace;
import org.pxemesh.agent.store.Scrubber;
import org.pxemesh.content.wan.WanHoursPlan;
import org.pxemesh.content.wan.WanLimit;
import org.pxemesh.events.PackageState;
import org.pxemesh.mesh.RankingMember;
import org.pxemesh.policy.HoldOrder;

/**
 * The running agent: a {@link SegmentAgent} per eligible interface, the swarm that fills the store, and the tick that
 * notices when the agent did not run.
 */
public final class PeerAgent implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PeerAgent.class);
    private static final Duration TICK = Duration.ofMillis(500);

    /** The disk may be slow; after that the agent closes all the same. */
    private static final Duration LAST_TICK = Duration.ofSeconds(5);

    /** A tick that is later than this means that the machine slept or the process was stopped. */
    private static final long GAP_MILLIS = 1_000;

    /**
     * All but the look at the clock is done this rarely where nothing is under way: a machine that does nothing else must
     * not be woken for nothing, and not each of its threads.
     */
    private static final int TICKS_PER_CHORE = 4;

    /** An hour; not at the start, when HQ may have said more than is known here. */
    private static final int TICKS_PER_SWEEP = 7_200;

    private final AgentParts parts;
    private final ContentKeeper keeper;
    private final Scrubber scrubber;
    private final Swarm swarm;
    private final WanClient wan;
    private final SiteUplinks site;
    private final Map<String, SegmentAgent> segments = new ConcurrentHashMap<>();
    private final Map<String, NetworkPort> lastSeen = new HashMap<>();
    // On a thread of its own: a late tick must mean that the process stood still, not that a worker was busy.
    private final Thread ticker = Thread.ofPlatform().daemon().name("tick").unstarted(this::tickUntilClosed);
    private volatile List<String> passedOver = List.of();
    private volatile boolean closed;

    public PeerAgent(AgentParts parts, ContentClient client) {
        this.parts = parts;
        var space = ContentSpace.of(parts.config().stateDir());
        var settings = parts.config().content();
        this.keeper = new ContentKeeper(
                parts.store(), space.rules(settings), space, Clock.systemUTC(), parts.metrics()::evicted);
        this.wan = client.wan();
        var places = new ContentPlaces(
                parts.config().hq().content(), parts.config().http().port());
        this.swarm = new Swarm(parts.identity().agentId(), parts.store(), keeper, client, places, new Around());
        this.scrubber = new Scrubber(
                parts.store(),
                ContentSpace.size("pxemesh.content.scrub-rate", settings.scrubRate())
                        .bytes(),
                (file, chunk) -> {
                    parts.metrics().chunkLost();
                    swarm.lost(file, chunk);
                },
                parts.metrics()::scrubbed);
        this.site = new SiteUplinks(parts, client, swarm, segments::values);
    }

    /** Begins; returns at once. */
    public void start() {
        parts.snapshots().onChange(this::snapshotChanged);
        parts.firmware()
                .onLearned(learned -> segments.values()
                        .forEach(segment -> segment.broadcast(new MeshMessage.FirmwareTold(List.of(learned)))));
        parts.outbox().start();
        watchPorts();
        scrubber.start();
        ticker.start();
    }

    /** Interfaces that could be used and are not, with the reason, a line each. */
    public List<String> passedOver() {
        return passedOver;
    }

    /** All segments. */
    public List<SegmentAgent> segments() {
        return List.copyOf(segments.values());
    }

    public Scrubber scrubber() {
        return scrubber;
    }

    public Swarm swarm() {
        return swarm;
    }

    /** What fetches chunks from HQ. */
    public WanClient wan() {
        return wan;
    }

    /** Where the other segments of its sites are. */
    public SiteUplinks site() {
        return site;
    }

    public AgentParts parts() {
        return parts;
    }

    private void tickUntilClosed() {
        var due = System.nanoTime() + TICK.toNanos();
        var wallAhead = System.currentTimeMillis() - System.nanoTime() / 1_000_000;
        for (var ticks = 0; !closed; ticks++) {
            for (var left = due - System.nanoTime(); left > 0 && !closed; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (closed) {
                return;
            }
            var late = (System.nanoTime() - due) / 1_000_000;
            // The monotonic clock stands still while a machine sleeps; the wall clock does not.
            var ahead = System.currentTimeMillis() - System.nanoTime() / 1_000_000;
            var gap = Math.max(late, ahead - wallAhead);
            wallAhead = ahead;
            due = System.nanoTime() + TICK.toNanos();
            segments.values().forEach(segment -> segment.late(Math.max(0, late)));
            tick(gap, ticks);
        }
    }

    private void tick(long gap, int ticks) {
        try {
            if (gap > GAP_MILLIS) {
                parts.metrics().gap();
                segments.values().forEach(segment -> segment.clockGap(gap));
            }
            var thorough = ticks % TICKS_PER_CHORE == 0;
            segments.values().stream()
                    .filter(segment -> thorough || segment.isUrgent())
                    .forEach(SegmentAgent::tick);
            if (thorough || swarm.isGathering()) {
                swarm.shareAnew();
                swarm.hurry();
            }
            if (thorough || wan.isFetching()) {
                site.refresh();
                limitWan();
            }
            if (thorough) {
                watchPorts();
                parts.snapshots().save();
                parts.firmware().save();
                parts.store().saveSettled();
                keeper.save();
            }
            if (ticks % TICKS_PER_SWEEP == TICKS_PER_SWEEP - 1) {
                keeper.sweep(parts.snapshots().policy(), parts.snapshots().now());
            }
        } catch (RuntimeException e) {
            LOG.error("event=tick-failed", e);
        }
    }

    /** Starts where an interface came, stops where it went, tells where its carrier changed. */
    private void watchPorts() {
        Set<String> present = new LinkedHashSet<>();
        for (var port : chosenPorts()) {
            present.add(port.name());
            var before = lastSeen.put(port.name(), port);
            var segment = segments.get(port.name());
            if (segment != null && !segment.port().address().equals(port.address())) {
                LOG.infof(
                        "event=address-changed interface=%s address=%s",
                        port.name(), port.address().getHostAddress());
                segment.close();
                segments.remove(port.name());
                segment = null;
            }
            if (segment == null) {
                join(port);
            } else if (before != null && before.up() != port.up()) {
                LOG.infof("event=link interface=%s up=%s", port.name(), port.up());
                segment.linkChanged(port.up());
            }
        }
        for (var gone : List.copyOf(segments.keySet())) {
            if (!present.contains(gone)) {
                LOG.infof("event=interface-gone interface=%s", gone);
                lastSeen.remove(gone);
                Optional.ofNullable(segments.remove(gone)).ifPresent(SegmentAgent::close);
            }
        }
    }

    private void join(NetworkPort port) {
        LOG.infof(
                "event=joining interface=%s address=%s/%d",
                port.name(), port.address().getHostAddress(), port.prefixLength());
        var segment = new SegmentAgent(parts, port, swarm, site, this::membersChanged);
        segments.put(port.name(), segment);
        segment.start();
        segment.snapshotChanged();
        hold();
    }

    private List<NetworkPort> chosenPorts() {
        var named = parts.config().interfaces();
        Map<String, NetworkPort> eligible =
                new TreeMap<>(named.<Comparator<String>>map(names -> Comparator.comparingInt(names::indexOf))
                        .orElse(Comparator.naturalOrder()));
        for (var port : parts.machine().ports()) {
            if (named.map(names -> names.contains(port.name())).orElse(port.kind() == NetworkPort.Kind.WIRED)) {
                eligible.putIfAbsent(port.name(), port);
            }
        }
        var choice = PortChoice.of(
                List.copyOf(eligible.values()),
                segments.keySet(),
                Hosts.tellsInterfacesApart(parts.config().host()));
        if (!choice.passedOver().equals(passedOver)) {
            passedOver = choice.passedOver();
            passedOver.forEach(line -> LOG.warnf("event=interface-passed-over reason=\"%s\"", line));
        }
        return choice.used();
    }

    /** The hours of a site pass without any event, and its other uplinks begin and end to fetch. */
    private void limitWan() {
        var sites = parts.snapshots().policy().sites();
        var now = parts.snapshots().now();
        wan.limit(segments.values().stream()
                .filter(SegmentAgent::isUplink)
                .map(segment -> sites.get(segment.siteId()))
                .filter(Objects::nonNull)
                .map(at -> WanHoursPlan.at(at.wan(), now).among(site.limitParts(at.id())))
                .findFirst()
                .orElse(WanLimit.UNLIMITED));
    }

    private void membersChanged() {
        site.refresh();
        hold();
    }

    private void snapshotChanged() {
        segments.values().forEach(SegmentAgent::snapshotChanged);
        hold();
    }

    /** What the policy of each segment that is served wants here. */
    private void hold() {
        var snapshot = parts.snapshots().policy();
        Map<String, PackageState> wanted = new LinkedHashMap<>();
        for (var segment : segments.values()) {
            var order = HoldOrder.of(snapshot, segment.peerView());
            for (var ref : order.packageRefs()) {
                var pkg = snapshot.packages().get(ref);
                if (pkg != null && segment.shallHold(ref, order.holdersPerSegment())) {
                    wanted.put(ref, pkg);
                }
            }
        }
        swarm.want(wanted.values());
    }

    @Override
    public void close() {
        closed = true;
        awaitLastTick();
        scrubber.close();
        site.close();
        segments.values().forEach(SegmentAgent::close);
        swarm.close();
        keeper.save();
        wan.close();
        parts.outbox().close();
        parts.snapshots().save();
        parts.firmware().save();
    }

    /** A tick that is under way would find half of the parts closed; asleep, it is woken. */
    private void awaitLastTick() {
        try {
            LockSupport.unpark(ticker);
            ticker.join(LAST_TICK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The segments as the swarm sees them. */
    private final class Around implements Neighbourhood {
        @Override
        public Optional<InetAddress> address(UUID peer) {
            return segments.values().stream()
                    .flatMap(segment -> segment.members().stream())
                    .filter(member -> member.id().equals(peer))
                    .map(RankingMember::address)
                    .findFirst()
                    .or(() -> site.address(peer));
        }

        @Override
        public Iterable<UUID> neighbours() {
            List<UUID> all = new ArrayList<>();
            for (var segment : segments.values()) {
                segment.uplink().ifPresent(all::add);
                segment.members().forEach(member -> all.add(member.id()));
            }
            all.removeIf(parts.identity().agentId()::equals);
            return all;
        }

        @Override
        public void held() {
            site.holdingsChanged();
        }

        @Override
        public boolean isSettled() {
            site.refresh();
            return site.isSettled();
        }

        @Override
        public Optional<UUID> uplinkOf() {
            return segments.values().stream()
                    .filter(segment -> segment.isUplink() && segment.isServed())
                    .map(SegmentAgent::segmentId)
                    .sorted()
                    .findFirst();
        }

        @Override
        public void tell(MeshMessage holdings) {
            segments.values().forEach(segment -> segment.broadcast(holdings));
        }

        @Override
        public void holdersChanged() {
            var whole = swarm.whole();
            segments.values().forEach(segment -> segment.holdingsChanged(whole));
        }

        @Override
        public void publish(SegmentEvent event) {
            segments.values()
                    .forEach(segment -> parts.outbox()
                            .publish(event.at(
                                    segment.siteId(),
                                    segment.segmentId(),
                                    parts.identity().agentId())));
        }
    }
}
