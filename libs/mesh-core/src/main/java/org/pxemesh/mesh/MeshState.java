package org.pxemesh.mesh;

/**
 * A peer's membership of one segment, and how it heals.
 *
 * <pre>
 *                 view with us in it                     we are first in the view
 *   +------+  ------------------------------>  +--------+ ------------------------> +-------------+
 *   | Mute |        (or confirmed)             | Member |                           | Coordinator |
 *   +------+  <------------------------------  +--------+ <------------------------ +-------------+
 *              clock gap, link change,                      merge: another is first
 *              view without us, channel lost
 * </pre>
 *
 * <p>Being uplink is a role beside these states ({@link Knowledge#uplinkOf}): the coordinator gives it in its
 * {@link Directory}, and a mute peer keeps its connection to HQ until a fresh view or a new channel says otherwise.
 *
 * <p>The states decide; they do nothing. The agent feeds them one event after the other and carries the effects out.
 */
public sealed interface MeshState permits Mute, Joined {
    /** The state of an agent that starts: mute, until its first view. */
    static MeshState starting(PeerFacts self, long highestTerm, Moment now) {
        return new Mute(Knowledge.of(self, highestTerm), Mute.Reason.STARTING, now.millis(), MeshView.NONE, 1, 0);
    }

    /** Every state accepts every event; what means nothing to it leaves it as it is. */
    Transition apply(MeshEvent event, Moment now);

    /** Whether it may say which view stands to a member that asks. */
    boolean vouches();

    /** What it knows of the segment. */
    Knowledge known();

    /** The latest view, which a mute peer may not act on. */
    MeshView view();

    /** What to rank with; {@link RankingInputs#NONE} while mute. */
    RankingInputs inputs();
}
