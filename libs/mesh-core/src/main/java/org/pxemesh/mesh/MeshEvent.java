package org.pxemesh.mesh;

import java.util.Optional;
import java.util.UUID;

/** What happens to a peer's membership of a segment. */
public sealed interface MeshEvent {
    /** The group agreed on a new view. */
    record ViewChanged(MeshView view) implements MeshEvent {}

    /** A member answered that this view is the current one and that we are in it. */
    record ViewConfirmed(long viewId, UUID by) implements MeshEvent {}

    /**
     * A member announced itself.
     *
     * @param uplink the latest term that it knows
     */
    record PeerFactsChanged(PeerFacts facts, Optional<UplinkTerm> uplink) implements MeshEvent {}

    /** This peer's own facts are others now: it finished a package, its link or its power changed. */
    record OwnFactsChanged(PeerFacts facts) implements MeshEvent {}

    /** A directory came in. */
    record DirectoryReceived(UUID from, Directory directory) implements MeshEvent {}

    /** The connection to HQ stands, or a probe of it succeeded. */
    record HqReachable() implements MeshEvent {}

    /** The connection to HQ is gone, or a probe of it failed. */
    record HqUnreachable() implements MeshEvent {}

    /**
     * The agent did not run for a while: sleep, SIGSTOP, a stalled host.
     *
     * @param millis how long
     */
    record ClockGap(long millis) implements MeshEvent {}

    /** The serving interface lost or found its carrier or changed its address. */
    record LinkChanged(boolean up) implements MeshEvent {}

    /** The group's transport could not join or was closed under us. */
    record ChannelLost(String reason) implements MeshEvent {}

    /** Time passed. */
    record Tick() implements MeshEvent {}
}
