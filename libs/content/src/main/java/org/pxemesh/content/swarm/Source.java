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

    /**
     * Another peer of the site.
     *
     * @param far whether it is the uplink of another segment: asked only for what no neighbour has, so that a chunk
     *     crosses the router once
     */
    record Peer(UUID id, boolean far) implements Source {
        /** A neighbour in the segment. */
        public Peer(UUID id) {
            this(id, false);
        }

        @Override
        public String toString() {
            return (far ? "uplink:" : "peer:") + id;
        }
    }

    Source WAN = new Wan();

    /** Any total order will do: it makes decisions repeatable. */
    @Override
    default int compareTo(Source other) {
        return ORDER.compare(this, other);
    }

    Comparator<Source> ORDER = Comparator.<Source, Boolean>comparing(source -> source instanceof Peer)
            .thenComparing(source -> source instanceof Peer peer && peer.far())
            .thenComparing(source -> source instanceof Peer peer ? peer.id() : new UUID(0, 0));
}
