package org.pxemesh.agent.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs of bytes of a file that are on disk and verified: sorted, neither touching nor overlapping. Immutable.
 *
 * @param bounds start and end (exclusive) of the first run, of the second, ...
 */
record Ranges(List<Long> bounds) {
    static final Ranges NONE = new Ranges(List.of());

    Ranges {
        bounds = List.copyOf(bounds);
        for (var i = 0; i + 1 < bounds.size(); i++) {
            if (bounds.get(i) >= bounds.get(i + 1)) {
                throw new IllegalArgumentException("ranges are not in order at " + bounds.get(i));
            }
        }
        if (bounds.size() % 2 != 0 || (!bounds.isEmpty() && bounds.getFirst() < 0)) {
            throw new IllegalArgumentException("ranges need a start and an end each, not below 0");
        }
    }

    Ranges with(long start, long end) {
        if (start >= end) {
            return this;
        }
        List<Long> merged = new ArrayList<>(bounds.size() + 2);
        var from = start;
        var to = end;
        var placed = false;
        for (var i = 0; i < bounds.size(); i += 2) {
            long runStart = bounds.get(i);
            long runEnd = bounds.get(i + 1);
            if (runEnd < from) {
                merged.add(runStart);
                merged.add(runEnd);
            } else if (runStart > to) {
                if (!placed) {
                    merged.add(from);
                    merged.add(to);
                    placed = true;
                }
                merged.add(runStart);
                merged.add(runEnd);
            } else {
                from = Math.min(from, runStart);
                to = Math.max(to, runEnd);
            }
        }
        if (!placed) {
            merged.add(from);
            merged.add(to);
        }
        return new Ranges(merged);
    }

    Ranges without(long start, long end) {
        List<Long> rest = new ArrayList<>(bounds.size() + 2);
        for (var i = 0; i < bounds.size(); i += 2) {
            long runStart = bounds.get(i);
            long runEnd = bounds.get(i + 1);
            if (runStart < Math.min(runEnd, start)) {
                rest.add(runStart);
                rest.add(Math.min(runEnd, start));
            }
            if (Math.max(runStart, end) < runEnd) {
                rest.add(Math.max(runStart, end));
                rest.add(runEnd);
            }
        }
        return start >= end ? this : new Ranges(rest);
    }

    /** How many bytes they have together. */
    long bytes() {
        var sum = 0L;
        for (var i = 0; i < bounds.size(); i += 2) {
            sum += bounds.get(i + 1) - bounds.get(i);
        }
        return sum;
    }

    boolean covers(long start, long end) {
        if (start >= end) {
            return true;
        }
        for (var i = 0; i < bounds.size(); i += 2) {
            if (bounds.get(i) <= start && end <= bounds.get(i + 1)) {
                return true;
            }
        }
        return false;
    }
}
