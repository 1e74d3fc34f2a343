package org.pxemesh.agent.boot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts equal cases of ignored clients, so that a machine that asks all night is one line in ten minutes. The first is
 * told at once. Not for several threads; times are monotonic milliseconds.
 */
final class IgnoredTally {

    static final long WINDOW_MILLIS = 10 * 60_000;
    private static final int CAPACITY = 4096;

    /** A case that comes again is the same case. */
    record Case(String mac, List<String> reasons) {}

    /** What has to be told: the case, and how often it was seen since it was told last. */
    record Told(Case what, int count) {}

    private record Entry(long since, int count) {}

    private final Map<Case, Entry> cases = new LinkedHashMap<>();

    /** @return what is to be told now */
    List<Told> add(Case seen, long now) {
        List<Told> told = flush(now);
        Entry entry = cases.get(seen);
        if (entry == null) {
            told.add(new Told(seen, 1));
            if (cases.size() >= CAPACITY) {
                cases.remove(cases.keySet().iterator().next());
            }
            cases.put(seen, new Entry(now, 0));
        } else {
            cases.put(seen, new Entry(entry.since, entry.count + 1));
        }
        return told;
    }

    /** Ends windows that are over; their repetitions are told as one. */
    List<Told> flush(long now) {
        List<Told> told = new ArrayList<>();
        // In the order in which they began: the rest is younger, and a flood asks often.
        for (var oldest = cases.entrySet().iterator(); oldest.hasNext(); ) {
            Map.Entry<Case, Entry> next = oldest.next();
            if (now - next.getValue().since < WINDOW_MILLIS) {
                break;
            }
            if (next.getValue().count > 0) {
                told.add(new Told(next.getKey(), next.getValue().count));
            }
            oldest.remove();
        }
        return told;
    }
}
