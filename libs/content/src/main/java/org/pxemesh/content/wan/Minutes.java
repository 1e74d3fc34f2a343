package org.pxemesh.content.wan;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The least value of the last ten minutes, minute by minute (RFC 6817, BASE_HISTORY): old routes are forgotten, and one
 * minute without an idle moment is not.
 *
 * @param minute number of the newest one
 * @param least of each minute, the newest first
 */
record Minutes(long minute, List<Long> least) {
    static final Minutes NOTHING = new Minutes(Long.MIN_VALUE, List.of());

    private static final long NANOS = 60_000_000_000L;
    private static final int KEPT = 10;

    Minutes {
        least = List.copyOf(least);
    }

    boolean isEmpty() {
        return least.isEmpty();
    }

    long best() {
        return least.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    Minutes with(long now, long value) {
        long current = Math.floorDiv(now, NANOS);
        if (isEmpty() || current - minute >= KEPT) {
            return new Minutes(current, List.of(value));
        }
        if (current <= minute) {
            return value >= least.getFirst() ? this : new Minutes(minute, shifted(0, value));
        }
        return new Minutes(current, shifted((int) (current - minute), value));
    }

    /** The newest minute replaced, or new ones before it: minutes in which nothing came know no more than the new one. */
    private List<Long> shifted(int by, long value) {
        List<Long> kept = least.subList(by == 0 ? 1 : 0, least.size());
        int added = Math.max(1, by);
        return IntStream.range(0, Math.min(KEPT, kept.size() + added))
                .mapToObj(i -> i < added ? (Long) value : kept.get(i - added))
                .toList();
    }
}
