package org.pxemesh.agent.boot;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often the log tells the same of one client: once in ten seconds, and of all clients together at most so many times a
 * second. Bounded. Not for several threads; times are monotonic milliseconds.
 */
final class LogPace {

    static final long PER_CLIENT_MILLIS = 10_000;
    static final int PER_SECOND = 50;
    private static final int CLIENTS = 1_024;

    private final Map<String, Long> told = new LinkedHashMap<>();
    private long second;
    private int inSecond;
    private long silent;

    /** Whether a line of this client is due; if not, it is counted. */
    boolean isDue(String mac, long now) {
        if (now - second >= 1_000) {
            second = now;
            inSecond = 0;
        }
        Long last = told.get(mac);
        if (inSecond >= PER_SECOND || last != null && now - last < PER_CLIENT_MILLIS) {
            silent++;
            return false;
        }
        inSecond++;
        told.remove(mac);
        told.put(mac, now);
        if (told.size() > CLIENTS) {
            told.remove(told.keySet().iterator().next());
        }
        return true;
    }

    /** Lines left out since the last one that was asked for. */
    long takeSilent() {
        long count = silent;
        silent = 0;
        return count;
    }
}
