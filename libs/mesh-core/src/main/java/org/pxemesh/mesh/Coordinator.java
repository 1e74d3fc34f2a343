package org.pxemesh.mesh;

import java.util.Optional;
import org.pxemesh.mesh.MeshEvent.ChannelLost;
import org.pxemesh.mesh.MeshEvent.ClockGap;
import org.pxemesh.mesh.MeshEvent.DirectoryReceived;
import org.pxemesh.mesh.MeshEvent.HqReachable;
import org.pxemesh.mesh.MeshEvent.HqUnreachable;
import org.pxemesh.mesh.MeshEvent.LinkChanged;
import org.pxemesh.mesh.MeshEvent.OwnFactsChanged;
import org.pxemesh.mesh.MeshEvent.PeerFactsChanged;
import org.pxemesh.mesh.MeshEvent.Tick;
import org.pxemesh.mesh.MeshEvent.ViewChanged;
import org.pxemesh.mesh.MeshEvent.ViewConfirmed;
import org.pxemesh.mesh.PeerFacts.HqReach;
import org.pxemesh.mesh.UplinkElection.Challenge;

/**
 * The first member of the view: it publishes the directory and elects the uplink.
 *
 * @param challenge a member that may become uplink if it stays better
 */
record Coordinator(Knowledge known, MeshView view, Optional<Challenge> challenge) implements Joined {
    /** A peer's published weight class changes at most this often: every change moves clients. */
    static final long WEIGHT_FOR_MILLIS = 60_000;

    static Transition enter(Knowledge known, MeshView view, Moment now) {
        return new Coordinator(known, view, Optional.empty()).review(known, false, now);
    }

    @Override
    public Transition apply(MeshEvent event, Moment now) {
        return switch (event) {
            case ViewChanged(var next) -> onView(next, now);
            case ViewConfirmed ignored -> Transition.to(this);
            case PeerFactsChanged announced -> onPeer(announced, now);
            case OwnFactsChanged(var facts) ->
                review(known.with(facts.withHq(known.self().hq())), false, now);
            case HqReachable() -> review(known.withHq(HqReach.REACHABLE), false, now);
            case HqUnreachable() -> review(known.withHq(HqReach.UNREACHABLE), false, now);
            case DirectoryReceived received ->
                received.directory().viewId() > view.id()
                        ? Transition.to(new Coordinator(known.keeping(received), view, challenge))
                        : Transition.to(this);
            case ClockGap(var millis) -> onClockGap(millis, now);
            case LinkChanged(var up) -> onLink(up, now);
            case ChannelLost ignored -> Mute.lost(known, now);
            case Tick() ->
                shouldProbe(now)
                        ? review(known.probed(now), false, now).and(new MeshEffect.ProbeHq())
                        : review(known, false, now);
        };
    }

    private Transition onPeer(PeerFactsChanged announced, Moment now) {
        if (!view.has(announced.facts().id())
                || announced.facts().id().equals(known.self().id())) {
            return Transition.to(this);
        }
        var mine = known.directory().uplink();
        // Two partitions elected in parallel: only a later term than both silences the other uplink at HQ.
        var contested = announced.uplink().isPresent()
                && mine.isPresent()
                && !announced.uplink().equals(mine)
                && announced.uplink().get().term() >= mine.get().term();
        return review(known.with(announced.facts()).heardOf(announced.uplink()), contested, now);
    }

    private Transition review(Knowledge latest, boolean newTerm, Moment now) {
        var former = latest.directory();
        var incumbent = former.uplink();
        var outcome = UplinkElection.elect(
                incumbent.map(UplinkTerm::peer), latest.facts().values(), challenge, now);
        var uplink = outcome.winner()
                .map(winner -> incumbent
                        .filter(term -> term.peer().equals(winner) && !newTerm)
                        .orElseGet(() -> UplinkTerm.next(latest.highestTerm(), now, winner)));
        var directory = former.next(view, uplink, latest.facts().values(), now);
        if (directory.saysTheSameAs(former)) {
            return Transition.to(new Coordinator(latest, view, outcome.challenge()));
        }
        var followed = Followed.by(latest, directory, view);
        return Transition.to(
                        new Coordinator(followed.known(), view, outcome.challenge()), new MeshEffect.Publish(directory))
                .withEffects(followed.effects());
    }
}
