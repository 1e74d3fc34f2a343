package org.pxemesh.mesh;

import static org.pxemesh.mesh.Peers.facts;
import static org.pxemesh.mesh.Peers.id;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.pxemesh.mesh.MeshEvent.ClockGap;
import org.pxemesh.mesh.MeshEvent.DirectoryReceived;
import org.pxemesh.mesh.MeshEvent.HqReachable;
import org.pxemesh.mesh.MeshEvent.PeerFactsChanged;
import org.pxemesh.mesh.MeshEvent.Tick;
import org.pxemesh.mesh.MeshEvent.ViewChanged;
import org.pxemesh.mesh.MeshEvent.ViewConfirmed;

/**
 * Many peers that start together on few processors, in simulated time. Whatever runs waits for its turn, and whoever does
 * much holds a processor for a time slice, so that timers run late by seconds and each message makes the next one later.
 */
final class StarvedSegment {
    private static final double SLICE_MILLIS = 100;
    private static final int SLICES_TO_START = 30;
    private static final int SLICES_TO_SETTLE = 30;
    private static final double MESSAGE_MILLIS = 0.3;
    private static final double DIRECTORY_MILLIS = 1.5;
    private static final long TICK_MILLIS = 500;
    private static final long GAP_MILLIS = 1_000;
    private static final long ACKNOWLEDGED_MILLIS = 1_000;

    final List<Peer> peers;
    int messages;
    int rejoined;
    int uplinksStarted;
    long latestTick;
    private double now;
    private final double[] freeAt;
    private final Deque<DoubleSupplier> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingDouble(Timer::at));
    private final Map<UUID, Peer> byId = new HashMap<>();
    private final Group group = new Group();

    private record Timer(double at, Runnable task) {}

    StarvedSegment(int count, int processors) {
        freeAt = new double[processors];
        peers = IntStream.rangeClosed(1, count).mapToObj(Peer::new).toList();
        peers.forEach(peer -> byId.put(peer.self, peer));
        peers.forEach(peer -> ready.add(peer.slice(SLICES_TO_START, peer::begin)));
    }

    /** Lets so much time pass. */
    void run(long millis) {
        var end = now + millis;
        while (now < end) {
            var free = IntStream.range(0, freeAt.length)
                    .boxed()
                    .min(Comparator.comparingDouble(n -> freeAt[n]))
                    .orElseThrow();
            var nextTimer = timers.isEmpty() ? end : timers.peek().at();
            if (!ready.isEmpty() && freeAt[free] <= nextTimer) {
                now = Math.max(now, freeAt[free]);
                freeAt[free] = now + ready.remove().getAsDouble();
            } else {
                now = Math.max(now, Math.min(end, nextTimer));
                if (nextTimer <= now && !timers.isEmpty()) {
                    timers.remove().task().run();
                }
            }
        }
    }

    private void after(double millis, Runnable task) {
        timers.add(new Timer(now + millis, task));
    }

    private Peer peer(UUID known) {
        return Objects.requireNonNull(byId.get(known));
    }

    private Moment moment() {
        return new Moment((long) now, 1_700_000_000 + (long) now / 1_000);
    }

    /** One machine's agent: it works its inbox off in one turn, as a segment's thread does. */
    final class Peer {
        final UUID self;
        MeshState state;
        private final Deque<MeshEvent> inbox = new ArrayDeque<>();
        private final List<MeshEffect> pending = new ArrayList<>();
        private boolean waits;

        Peer(int n) {
            self = id(n);
            state = MeshState.starting(facts(n), 0, new Moment(0, 1_700_000_000));
        }

        private DoubleSupplier slice(int left, Runnable then) {
            return () -> {
                if (left > 1) {
                    ready.add(slice(left - 1, then));
                } else {
                    then.run();
                }
                return SLICE_MILLIS;
            };
        }

        private void begin() {
            state = MeshState.starting(state.known().self(), 0, moment());
            group.joins(self);
            tickAfter(TICK_MILLIS);
            ready.add(slice(SLICES_TO_SETTLE, () -> {}));
        }

        private void tickAfter(long millis) {
            var due = now + millis;
            after(
                    millis,
                    () -> ready.add(() -> {
                        var late = (long) (now - due);
                        latestTick = Math.max(latestTick, late);
                        if (late > GAP_MILLIS) {
                            hears(new ClockGap(late));
                        }
                        hears(new Tick());
                        tickAfter(TICK_MILLIS);
                        return MESSAGE_MILLIS;
                    }));
        }

        void hears(MeshEvent event) {
            inbox.add(event);
            if (!waits) {
                waits = true;
                ready.add(this::turn);
            }
        }

        private double turn() {
            waits = false;
            var cost = 0.0;
            for (var event = inbox.poll(); event != null; event = inbox.poll()) {
                cost += event instanceof DirectoryReceived ? DIRECTORY_MILLIS : MESSAGE_MILLIS;
                var transition = state.apply(event, moment());
                state = transition.state();
                pending.addAll(transition.effects());
                if (!transition.effects().stream().allMatch(MeshEffects::mayWait)) {
                    carryOut();
                }
            }
            carryOut();
            return cost;
        }

        private void carryOut() {
            var due = MeshEffects.condensed(pending);
            pending.clear();
            due.forEach(this::carryOut);
        }

        private void carryOut(MeshEffect effect) {
            switch (effect) {
                case MeshEffect.Announce(var facts, var term) ->
                    tell(state.view().members().getFirst(), new PeerFactsChanged(facts, term));
                case MeshEffect.Publish(var directory) ->
                    state.view().members().forEach(peer -> tell(peer, new DirectoryReceived(self, directory)));
                case MeshEffect.AskView(var whom) -> whom.forEach(peer -> ask(peer(peer)));
                case MeshEffect.Rejoin() -> {
                    rejoined++;
                    group.leaves(self);
                    group.joins(self);
                }
                case MeshEffect.StartUplink ignored -> {
                    uplinksStarted++;
                    ready.add(slice(10, () -> hears(new HqReachable())));
                }
                default -> {}
            }
        }

        private void tell(UUID to, MeshEvent event) {
            if (!to.equals(self) && group.members.contains(to)) {
                messages++;
                peer(to).hears(event);
            }
        }

        private void ask(Peer witness) {
            messages++;
            ready.add(() -> {
                if (witness.state.vouches()) {
                    witness.tell(self, new ViewConfirmed(witness.state.view().id(), witness.self));
                }
                return MESSAGE_MILLIS;
            });
        }
    }

    /** The group beneath: who comes while a view is on its way to all waits for the next one. */
    private final class Group {
        private List<UUID> members = List.of();
        private final List<UUID> joining = new ArrayList<>();
        private final List<UUID> leaving = new ArrayList<>();
        private long viewId;
        private boolean installs;

        void joins(UUID peer) {
            joining.add(peer);
            install();
        }

        void leaves(UUID peer) {
            leaving.add(peer);
        }

        private void install() {
            if (installs || joining.isEmpty()) {
                return;
            }
            installs = true;
            var next = new ArrayList<>(members);
            next.removeAll(leaving);
            joining.stream().filter(peer -> !next.contains(peer)).forEach(next::add);
            leaving.clear();
            joining.clear();
            members = List.copyOf(next);
            var view = new MeshView(++viewId, members, false);
            members.forEach(peer -> peer(peer).hears(new ViewChanged(view)));
            after(ACKNOWLEDGED_MILLIS, () -> {
                installs = false;
                install();
            });
        }
    }

    /** The uplink that all know, when all are in one view and agree. */
    Optional<UUID> agreedUplink() {
        var views = peers.stream().map(peer -> peer.state.view()).distinct().toList();
        var uplinks = peers.stream()
                .map(peer -> peer.state.known().directory().uplink().map(UplinkTerm::peer))
                .distinct()
                .toList();
        var whole = peers.stream()
                .allMatch(peer -> peer.state instanceof Joined
                        && peer.state.inputs().members().size() == peers.size());
        return whole && views.size() == 1 && uplinks.size() == 1 ? uplinks.getFirst() : Optional.empty();
    }

    @Override
    public String toString() {
        return "messages=%d rejoined=%d uplinks=%d late=%d free=%s views=%s"
                .formatted(
                        messages,
                        rejoined,
                        uplinksStarted,
                        latestTick,
                        Arrays.toString(freeAt),
                        peers.stream().map(peer -> peer.state.view().id()).toList());
    }
}
