package org.pxemesh.mesh;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the agent has to do after an event. */
public sealed interface MeshEffect {
    /** Empty all sockets and answer nobody until the next {@link Serve}. */
    record Silence(Mute.Reason reason) implements MeshEffect {}

    /** Rank with these inputs from now on. */
    record Serve(RankingInputs inputs) implements MeshEffect {}

    /** Tell the coordinator who we are and the latest term that we know; its directory tells all others. */
    record Announce(PeerFacts facts, Optional<UplinkTerm> uplink) implements MeshEffect {}

    /** Coordinator: tell all members. */
    record Publish(Directory directory) implements MeshEffect {}

    /** Ask these members whether the view that we remember still stands: the answer of one is enough. */
    record AskView(List<UUID> whom) implements MeshEffect {
        public AskView {
            whom = List.copyOf(whom);
        }
    }

    /** Leave the group and join it again. */
    record Rejoin() implements MeshEffect {}

    /** Connect to HQ with what is known of the topics' offsets and announce the election there. */
    record StartUplink(UplinkTerm term, Optional<UUID> predecessor) implements MeshEffect {}

    /** Close the connection to HQ without waiting. */
    record StopUplink() implements MeshEffect {}

    /** Send the events that wait to this uplink. */
    record FollowUplink(UplinkTerm term) implements MeshEffect {}

    /** Not uplink, and the uplink cannot reach HQ: try whether we can. */
    record ProbeHq() implements MeshEffect {}

    /** Keep the term on disk. */
    record RememberTerm(long term) implements MeshEffect {}

    /** Uplink: tell HQ that a peer is there. */
    record ReportJoined(PeerFacts facts) implements MeshEffect {}

    /** Uplink: tell HQ that a peer went away. */
    record ReportLeft(UUID peer) implements MeshEffect {}
}
