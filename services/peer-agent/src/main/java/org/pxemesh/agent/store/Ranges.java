package org.pxemesh.agent.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Runs of bytes of a file that are on disk and verified, neither touching nor overlapping. A chunk is added, and asked for,
 * in a time that grows with the logarithm of the runs: a file of many GB has tens of thousands while it is gathered. Safe
 * for several threads.
 */
final class Ranges {
    private final TreeMap<Long, Long> ends;
    private long bytes;
    private long changes;

    Ranges() {
        this(Comparator.naturalOrder());
    }

    /** @param order the natural one; a test counts how often it is asked */
    Ranges(Comparator<Long> order) {
        ends = new TreeMap<>(order);
    }

    /**
     * As an index on disk has them.
     *
     * @param bounds start and end (exclusive) of the first run, of the second, ...
     */
    static Ranges of(List<Long> bounds) {
        var ranges = new Ranges();
        if (bounds.size() % 2 != 0 || (!bounds.isEmpty() && bounds.getFirst() < 0)) {
            throw new IllegalArgumentException("ranges need a start and an end each, not below 0");
        }
        for (var i = 0; i < bounds.size(); i++) {
            if (i > 0 && bounds.get(i - 1) >= bounds.get(i)) {
                throw new IllegalArgumentException("ranges are not in order at " + bounds.get(i - 1));
            }
            if (i % 2 == 1) {
                ranges.add(bounds.get(i - 1), bounds.get(i));
            }
        }
        return ranges;
    }

    /** Start and end (exclusive) of the first run, of the second, ... */
    synchronized List<Long> bounds() {
        List<Long> bounds = new ArrayList<>(2 * ends.size());
        ends.forEach((start, end) -> {
            bounds.add(start);
            bounds.add(end);
        });
        return bounds;
    }

    /** Nothing when it ends where it begins. */
    synchronized void add(long start, long end) {
        if (start >= end) {
            return;
        }
        var from = start;
        var to = end;
        // Each run that is swallowed was added once: over all calls that is one step each.
        for (var run = ends.floorEntry(to); run != null && run.getValue() >= from; run = ends.floorEntry(to)) {
            from = Math.min(from, run.getKey());
            to = Math.max(to, run.getValue());
            bytes -= run.getValue() - run.getKey();
            ends.remove(run.getKey());
        }
        put(from, to);
        changes++;
    }

    synchronized void remove(long start, long end) {
        if (start >= end) {
            return;
        }
        for (var run = ends.lowerEntry(end); run != null && run.getValue() > start; run = ends.lowerEntry(end)) {
            bytes -= run.getValue() - run.getKey();
            ends.remove(run.getKey());
            put(end, run.getValue());
            put(run.getKey(), start);
        }
        changes++;
    }

    private void put(long start, long end) {
        if (start < end) {
            ends.put(start, end);
            bytes += end - start;
        }
    }

    /** How many bytes they have together. */
    synchronized long bytes() {
        return bytes;
    }

    /** Grows with each change. */
    synchronized long changes() {
        return changes;
    }

    synchronized boolean covers(long start, long end) {
        if (start >= end) {
            return true;
        }
        var run = ends.floorEntry(start);
        return run != null && run.getValue() >= end;
    }
}
