package org.pxemesh.content.swarm;

import java.util.Comparator;
import java.util.UUID;

/** Where a chunk can be fetched. */
public sealed interface Source extends Comparable<Source> {

    /** HQ, over the WAN; the uplink's alone. */
    record Wan() implements Source {
        @Override
        public String toString() {
            return "wan";
        }
    }

    /** A neighbour on the LAN. */
    record Peer(UUID id) implements Source {
        @Override
        public String toString() {
            return "peer:" + id;
        }
    }

    Source WAN = new Wan();

    /** Any total order will do: it makes decisions repeatable. */
    @Override
    default int compareTo(Source other) {
        return Comparator.comparing(Source::toString).compare(this, other);
    }
}
