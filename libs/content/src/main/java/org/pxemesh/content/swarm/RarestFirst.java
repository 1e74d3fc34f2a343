package org.pxemesh.content.swarm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what to ask next. Rare chunks go first, because their holders may die; equally rare ones in an order that
 * differs from peer to peer, so that neighbours soon have something to give one another. The WAN is asked only for what
 * no credible neighbour has: so a chunk crosses it once.
 */
final class RarestFirst {

    private record Wanted(int chunk, int holders, long tie) {}

    private final Gathering state;
    private final Map<Source, Integer> load = new HashMap<>();

    private RarestFirst(Gathering state) {
        this.state = state;
        state.inFlight().values().forEach(source -> load.merge(source, 1, Integer::sum));
    }

    static List<SwarmEffect.FetchChunk> choose(Gathering state) {
        int free = state.job().limits().total() - state.inFlight().size();
        return free > 0 ? new RarestFirst(state).choose(free) : List.of();
    }

    private List<SwarmEffect.FetchChunk> choose(int atMost) {
        List<Wanted> wanted = new ArrayList<>();
        state.held()
                .missing()
                .filter(chunk -> !state.inFlight().containsKey(chunk))
                .forEach(chunk -> wanted.add(
                        new Wanted(chunk, holders(chunk), mix(state.job().seed(), chunk))));
        wanted.sort(Comparator.comparingInt(Wanted::holders).thenComparingLong(Wanted::tie));

        List<SwarmEffect.FetchChunk> chosen = new ArrayList<>();
        for (Wanted next : wanted) {
            if (chosen.size() == atMost) {
                break;
            }
            Source source = sourceFor(next);
            if (source != null) {
                load.merge(source, 1, Integer::sum);
                chosen.add(new SwarmEffect.FetchChunk(
                        source, next.chunk(), state.job().index().ref(next.chunk())));
            }
        }
        return chosen;
    }

    /** Neighbours that have the chunk and are believed. */
    private int holders(int chunk) {
        int count = 0;
        for (var entry : state.sources().known().entrySet()) {
            if (entry.getKey() instanceof Source.Peer
                    && entry.getValue().isCredible(state.job().limits())
                    && entry.getValue().holdings().has(chunk)) {
                count++;
            }
        }
        return count;
    }

    /** The ready source with the fewest requests, then failures; null if the chunk has to wait. */
    private @Nullable Source sourceFor(Wanted wanted) {
        Source best = null;
        long bestCost = Long.MAX_VALUE;
        for (var entry : state.sources().known().entrySet()) {
            Source source = entry.getKey();
            Sources.Known known = entry.getValue();
            int requests = load.getOrDefault(source, 0);
            boolean allowed = source instanceof Source.Peer || wanted.holders() == 0;
            if (!allowed
                    || known.standing() != Sources.Standing.READY
                    || !known.holdings().has(wanted.chunk())
                    || requests >= state.job().limits().perSource()) {
                continue;
            }
            long tie = mix(wanted.tie(), source.hashCode()) >>> 40;
            long cost = ((long) requests << 48) + ((long) Math.min(known.failures(), 0xffff) << 24) + tie;
            if (cost < bestCost) {
                best = source;
                bestCost = cost;
            }
        }
        return best;
    }

    /** SplitMix64's finaliser: spreads neighbouring numbers over the whole range. */
    private static long mix(long seed, long value) {
        long z = seed + value * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
