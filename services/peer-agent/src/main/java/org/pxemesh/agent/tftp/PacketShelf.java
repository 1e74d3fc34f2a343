package org.pxemesh.agent.tftp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.host.BatchSockets;

/**
 * The DATA packets made lately. Machines that are switched on together load the same file side by side: what is made for
 * the first of them serves the others, and stays in the processor's cache. So many and no more, whatever a flood asks for;
 * the memory is kept and filled again. TFTP's thread only.
 */
final class PacketShelf {

    /** 16 MB with the windows of today: a site's storm, and little of an agent's memory. */
    static final int MOST = 256;

    private static final int SLACK = 8;

    /** Verified content does not change; what was read from a disk that failed is read anew all the same. */
    private static final long FRESH_NANOS = 1_000_000_000;

    private final BatchSockets sockets;
    private final int capacity;
    private final Map<Packets.Key, Packets> byKey = new LinkedHashMap<>(16, 0.75f, true);
    private int made;
    private int readers;

    /** @param capacity octets of the longest window with its headers */
    PacketShelf(BatchSockets sockets, int capacity) {
        this.sockets = sockets;
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    void begins() {
        readers++;
    }

    void ends() {
        readers--;
    }

    /** Whether each transfer can have packets of its own: else what is read ahead is gone before it is asked for. */
    boolean hasRoom() {
        return readers <= MOST;
    }

    /** Packets that begin with these blocks and were made within the last second. */
    @Nullable
    Packets find(Packets.Key key, int blocks, long nanoTime) {
        Packets found = byKey.get(key);
        return found != null && found.have(key, blocks) && !found.isOlder(nanoTime - FRESH_NANOS) ? found : null;
    }

    /** Room for others, which {@link #add} gives back: those that nobody asked for longest go. */
    Packets take(Packets.Key instead) {
        Packets old = byKey.remove(instead);
        // Few for few: what is filled again soon is in the processor's cache still. Who is a little behind finds them.
        if (old == null && made < Math.clamp((long) SLACK * readers, SLACK, MOST)) {
            made++;
            return new Packets(sockets.keep(capacity));
        }
        if (old == null) {
            var eldest = byKey.entrySet().iterator();
            old = eldest.next().getValue();
            eldest.remove();
        }
        if (old.areQueued(sockets)) {
            sockets.flush();
        }
        return old;
    }

    void add(Packets packets, Packets.Key key) {
        byKey.put(key, packets);
    }

    /** Packets that could not be made: their room stays. */
    void giveUp(Packets packets) {
        packets.empty();
        byKey.put(new Packets.Key(packets, 0, 0), packets);
    }
}
