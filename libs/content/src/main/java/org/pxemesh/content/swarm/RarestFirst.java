package org.pxemesh.content.swarm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what to ask next, source by source, the least busy first. Rare chunks go first, because their holders may die;
 * equally rare ones in an order that differs from peer to peer, so that neighbours soon have something to give one
 * another.
 *
 * <p>What a boot client waits for goes before all that, in the order of its reading.
 *
 * <p>What one neighbour alone has is fetched by its {@link Owners owner} and by the others from that one, so that a
 * scarce source sends it once. Another segment's uplink is asked only for what no neighbour has, and the WAN only for what
 * neither has, in order, within its window.
 */
final class RarestFirst {

    /**
     * @param fetches what to ask
     * @param left whether something could be asked that was left to another peer
     */
    record Choice(List<SwarmEffect.FetchChunk> fetches, boolean left) {}

    /**
     * Small files have small chunks: on a long line a few more requests than usual fill the window. Twice as many were
     * tried: what a dying uplink had under way, and nobody else had yet, crossed the WAN again (decision 014).
     */
    private static final int WAN_REQUESTS = 8;

    private final Gathering state;
    private final boolean impatient;
    private final Map<Source, Integer> load = new HashMap<>();
    private final Map<Source, Sources.Known> open = new HashMap<>();
    private final List<SwarmEffect.FetchChunk> chosen = new ArrayList<>();
    private final List<Bits> far = new ArrayList<>();
    private Rarity rarity;
    private long wanBytes;
    private boolean left;

    private RarestFirst(Gathering state, boolean impatient) {
        this.state = state;
        this.impatient = impatient;
        this.rarity = state.rarity();
    }

    /** @param impatient whether nothing is left to others this time */
    static Choice choose(Gathering state, boolean impatient) {
        int free = state.job().limits().total() - state.inFlight().size();
        return free > 0 ? new RarestFirst(state, impatient).choose(free) : new Choice(List.of(), false);
    }

    private Choice choose(int atMost) {
        state.inFlight().forEach((chunk, source) -> {
            load.merge(source, 1, Integer::sum);
            wanBytes += source.equals(Source.WAN) ? length(chunk) : 0;
        });
        if (isWaitingForCopies()) {
            state.patience().alone().forEach(chunk -> wanBytes += length(chunk));
        }
        state.sources().known().forEach((source, known) -> {
            if (source instanceof Source.Peer peer
                    && peer.far()
                    && known.isCredible(state.job().limits())) {
                far.add(known.holdings().bits());
            }
            if (known.standing() == Sources.Standing.READY && known.holdings().count() > 0) {
                open.put(source, known);
            }
        });
        while (chosen.size() < atMost) {
            Source next = leastBusy();
            if (next == null) {
                break;
            }
            int chunk = pick(next);
            if (chunk < 0) {
                open.remove(next);
                continue;
            }
            load.merge(next, 1, Integer::sum);
            wanBytes += next.equals(Source.WAN) ? length(chunk) : 0;
            rarity = rarity.changed(editor -> editor.leave(chunk));
            chosen.add(
                    new SwarmEffect.FetchChunk(next, chunk, state.job().index().ref(chunk)));
        }
        return new Choice(chosen, left);
    }

    private @Nullable Source leastBusy() {
        Source best = null;
        long bestCost = Long.MAX_VALUE;
        for (Map.Entry<Source, Sources.Known> entry : open.entrySet()) {
            int requests = load.getOrDefault(entry.getKey(), 0);
            int atMost = entry.getKey().equals(Source.WAN)
                    ? Math.max(WAN_REQUESTS, state.job().limits().perSource())
                    : state.job().limits().perSource();
            if (requests >= atMost) {
                continue;
            }
            long tie = Owners.mix(state.job().seed()
                            + state.held().count()
                            + entry.getKey().hashCode())
                    >>> 40;
            long cost =
                    ((long) requests << 48) + ((long) Math.min(entry.getValue().failures(), 0xffff) << 24) + tie;
            if (cost < bestCost) {
                best = entry.getKey();
                bestCost = cost;
            }
        }
        return best;
    }

    private int pick(Source source) {
        Bits has = state.sources().holdings(source, state.held().size()).bits();
        int hurried = pickHurried(source, has);
        if (hurried >= 0) {
            return hurried;
        }
        return switch (source) {
            case Source.Wan ignored -> pickWan(has);
            case Source.Peer peer when peer.far() -> Bits.find(0, List.of(rarity.wanted(0), has), List.of());
            case Source.Peer peer -> pickNear(has, peer.id());
        };
    }

    /** The next chunk that somebody waits for, from a source that would be asked for it anyway. */
    private int pickHurried(Source source, Bits has) {
        boolean near = source instanceof Source.Peer peer && !peer.far();
        for (int chunk : state.hurried()) {
            int holders = rarity.holders(chunk);
            boolean open = has.has(chunk)
                    && rarity.wanted(Math.min(holders, Rarity.COMMON)).has(chunk);
            if (open && (near || holders == 0 && !(source.equals(Source.WAN) && isFar(chunk)))) {
                return source.equals(Source.WAN) && isTooMuch(chunk) ? -1 : chunk;
            }
        }
        return -1;
    }

    /** Somebody gathers here too, and is not silent for good. */
    private boolean isWaitingForCopies() {
        return !state.owners().others().isEmpty() && state.patience().isWorthwhile();
    }

    private boolean isFar(int chunk) {
        return far.stream().anyMatch(bits -> bits.has(chunk));
    }

    private boolean isTooMuch(int chunk) {
        return wanBytes > 0 && wanBytes + length(chunk) > state.job().limits().wanBytes();
    }

    private int pickNear(Bits has, UUID holder) {
        int size = has.size();
        long random = Owners.mix(state.job().seed() + state.held().count() * 31L + chosen.size());
        int start = (int) Long.remainderUnsigned(random, Math.max(1, size));
        for (int level = 1; level <= Rarity.COMMON; level++) {
            Bits wanted = rarity.wanted(level);
            if (wanted.count() == 0) {
                continue;
            }
            boolean owned =
                    level == 1 && !impatient && !state.owners().awaited().isEmpty();
            int chunk = Bits.find(
                    start,
                    owned ? List.of(wanted, has, state.owners().mineFrom(holder)) : List.of(wanted, has),
                    List.of());
            if (chunk >= 0) {
                return chunk;
            }
            if (owned && Bits.find(start, List.of(wanted, has), List.of()) >= 0) {
                // It still has what nobody else has: its link is for that, and the rest comes from others.
                left = true;
                return -1;
            }
        }
        return -1;
    }

    /** In order: what comes first is served first, and whoever helps out begins at the end. */
    private int pickWan(Bits granted) {
        int chunk = Bits.find(0, List.of(rarity.wanted(0), granted), far);
        if (chunk >= 0 && isTooMuch(chunk)) {
            left |= isWaitingForCopies() && !state.patience().alone().isEmpty();
            return -1;
        }
        return chunk;
    }

    private int length(int chunk) {
        return state.job().index().ref(chunk).chunk().length();
    }
}
