package org.pxemesh.content.swarm;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The sources that a peer knows, with what they have and how they behaved. Immutable.
 *
 * @param known by source
 */
public record Sources(SortedMap<Source, Known> known) {

    /** Whether a source is asked. */
    public enum Standing {
        READY,
        /** Failed lately; waits for its pause to end. */
        RESTING,
        /** Gave bad bytes; for a neighbour that is for good. */
        BANNED
    }

    /**
     * One source.
     *
     * @param holdings what it has
     * @param failures in a row
     */
    public record Known(Holdings holdings, int failures, Standing standing) {

        /** Whether it counts as a holder of what it announced. */
        boolean isCredible(SwarmLimits limits) {
            return standing != Standing.BANNED && failures < limits.patience();
        }
    }

    public static final Sources NONE = new Sources(Collections.emptySortedMap());

    public Sources {
        known = Collections.unmodifiableSortedMap(known);
    }

    public Optional<Known> find(Source source) {
        return Optional.ofNullable(known.get(source));
    }

    /** What a source told; nothing when it is unknown. */
    Holdings holdings(Source source, int size) {
        Known found = known.get(source);
        return found == null ? Holdings.none(size) : found.holdings();
    }

    int failures(Source source) {
        Known found = known.get(source);
        return found == null ? 0 : found.failures();
    }

    /** New holdings; how the source behaved is remembered. */
    Sources announced(Source source, Holdings holdings) {
        Known before = known.get(source);
        return with(
                source,
                before == null
                        ? new Known(holdings, 0, Standing.READY)
                        : new Known(holdings, before.failures(), before.standing()));
    }

    /** A banned neighbour stays known, so that leaving and joining again does not wash it clean. */
    Sources left(Source source) {
        Known before = known.get(source);
        if (before == null || before.standing() == Standing.BANNED) {
            return this;
        }
        SortedMap<Source, Known> rest = new TreeMap<>(known);
        rest.remove(source);
        return new Sources(rest);
    }

    Sources delivered(Source source) {
        return changed(source, k -> k.failures() == 0 ? k : new Known(k.holdings(), 0, k.standing()));
    }

    Sources failed(Source source) {
        return changed(
                source,
                k -> new Known(
                        k.holdings(),
                        k.failures() + 1,
                        k.standing() == Standing.BANNED ? k.standing() : Standing.RESTING));
    }

    /** It has too much to do, which is no failure. */
    Sources busy(Source source) {
        return changed(
                source,
                k -> k.standing() == Standing.READY ? new Known(k.holdings(), k.failures(), Standing.RESTING) : k);
    }

    Sources rested(Source source) {
        return changed(
                source,
                k -> k.standing() == Standing.RESTING ? new Known(k.holdings(), k.failures(), Standing.READY) : k);
    }

    Sources banned(Source source) {
        return changed(source, k -> new Known(k.holdings(), k.failures(), Standing.BANNED));
    }

    private Sources changed(Source source, UnaryOperator<Known> change) {
        Known before = known.get(source);
        if (before == null) {
            return this;
        }
        Known now = change.apply(before);
        return now == before ? this : with(source, now);
    }

    Sources with(Source source, Known now) {
        SortedMap<Source, Known> all = new TreeMap<>(known);
        all.put(source, now);
        return new Sources(all);
    }
}
