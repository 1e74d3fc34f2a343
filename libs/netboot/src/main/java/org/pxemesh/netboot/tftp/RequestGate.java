package org.pxemesh.netboot.tftp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests an address may make. One that has acknowledged something lately is a client; all others may be
 * names that a flood goes under, or victims in whose name somebody asks: they get little each, and little in all. Times are
 * monotonic milliseconds. Bounded memory, whoever asks; not for several threads.
 */
public final class RequestGate {

    /** A Windows loader probes and asks dozens of files within a second; there may be a room behind one address. */
    private static final Rate CLIENT = new Rate(300, 100);

    /** A stranger's first files, and then two requests a second. */
    private static final Rate STRANGER = new Rate(40, 2);

    /** All strangers together: a site's machines that start at once are served, a flood is not worth much. */
    private static final Rate STRANGERS = new Rate(1000, 500);

    private static final int MOST_CLIENTS = 4096;
    private static final int MOST_STRANGERS = 4096;

    private final Map<Integer, Bucket> clients = bounded(MOST_CLIENTS);
    private final Map<Integer, Bucket> strangers = bounded(MOST_STRANGERS);
    private final Bucket allStrangers = new Bucket(STRANGERS, 0);

    private record Rate(int burst, int perSecond) {}

    private static final class Bucket {
        private final Rate rate;
        private double tokens;
        private long at;

        Bucket(Rate rate, long now) {
            this.rate = rate;
            this.tokens = rate.burst();
            this.at = now;
        }

        boolean take(long now) {
            tokens = Math.min(rate.burst(), tokens + Math.max(now - at, 0) * rate.perSecond() / 1000.0);
            at = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    private static Map<Integer, Bucket> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Bucket> eldest) {
                return size() > most;
            }
        };
    }

    /** Whether a request is to be looked at; the others meet silence. */
    public boolean admits(int address, long now) {
        Bucket client = clients.get(address);
        if (client != null) {
            return client.take(now);
        }
        return strangers
                        .computeIfAbsent(address, unknown -> new Bucket(STRANGER, now))
                        .take(now)
                && allStrangers.take(now);
    }

    /** An address acknowledged what was sent to it: it is there, and it asked. */
    public void acknowledged(int address, long now) {
        if (!clients.containsKey(address)) {
            strangers.remove(address);
            clients.put(address, new Bucket(CLIENT, now));
        }
    }

    /** Addresses that are remembered. */
    public int size() {
        return clients.size() + strangers.size();
    }
}
