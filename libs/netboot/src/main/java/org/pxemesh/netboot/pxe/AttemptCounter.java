package org.pxemesh.netboot.pxe;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts a client's attempts: its DISCOVERs since 120 s of silence, from 0. All peers of a segment hear the same
 * broadcasts and so count alike; one that came later learns the count from {@link Offered} messages.
 *
 * <p>A client repeats an unanswered DISCOVER with the same xid (EDK2 after 4 s, iPXE after 1 s): that is a new attempt,
 * for the responder of the last one did not help it. The <em>same</em> datagram seen twice (two relays, a bridge's
 * flooding) follows within milliseconds and is not: the same xid within {@value #DUPLICATE_MILLIS} ms stays in its
 * attempt.
 *
 * <p>Bounded: the clients that were silent longest are forgotten first. Not for several threads.
 */
public final class AttemptCounter {

    /** Silence after which a client starts from 0 again. */
    public static final long SILENCE_MILLIS = 120_000;

    static final long DUPLICATE_MILLIS = 500;

    private record Entry(int xid, int attempt, long discoveredAt, long heardAt) {}

    private final int capacity;
    private final Map<ClientStage, Entry> clients = new LinkedHashMap<>(64, 0.75f, true);

    /** @param capacity clients to remember, at least 1 */
    public AttemptCounter(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
        this.capacity = capacity;
    }

    /**
     * Counts a DISCOVER.
     *
     * @param now monotonic milliseconds
     * @return the attempt it belongs to, from 0
     */
    public int discovered(ClientStage client, int xid, long now) {
        Entry last = clients.get(client);
        if (last == null || now - last.heardAt > SILENCE_MILLIS) {
            return keep(client, new Entry(xid, 0, now, now));
        }
        boolean duplicate = last.xid == xid && now - last.discoveredAt < DUPLICATE_MILLIS;
        return keep(
                client,
                duplicate
                        ? new Entry(xid, last.attempt, last.discoveredAt, now)
                        : new Entry(xid, last.attempt + 1, now, now));
    }

    /**
     * Learns from a peer that answered. Its count is taken when it is higher: it has heard DISCOVERs that we missed.
     * The message may overtake the DISCOVER that caused it, which then counts as the attempt the peer named.
     */
    public void overheard(Offered offered, long now) {
        Entry last = clients.get(offered.client());
        if (last == null || now - last.heardAt > SILENCE_MILLIS || offered.attempt() > last.attempt) {
            keep(offered.client(), new Entry(offered.xid(), offered.attempt(), now, now));
        }
    }

    /** Clients remembered now. */
    public int size() {
        return clients.size();
    }

    private int keep(ClientStage client, Entry entry) {
        clients.put(client, entry);
        if (clients.size() > capacity) {
            clients.remove(clients.keySet().iterator().next());
        }
        return entry.attempt;
    }
}
