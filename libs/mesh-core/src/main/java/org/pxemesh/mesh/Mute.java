package org.pxemesh.mesh;

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

/**
 * A peer without a fresh view: it answers no client, because another one may have taken its place.
 *
 * @param since when it fell silent, in {@link Moment#millis}
 * @param view after a clock gap the view to be confirmed, else {@link MeshView#NONE}
 */
public record Mute(Knowledge known, Reason reason, long since, MeshView view) implements MeshState {
    /** How long a peer waits for its view to be confirmed before it joins again. */
    static final long CONFIRM_WITHIN_MILLIS = 1_500;

    /** How long it waits for a view after it asked to join. */
    static final long JOIN_WITHIN_MILLIS = 10_000;

    /** Why a peer is mute; shown in its status. */
    public enum Reason {
        STARTING,
        CLOCK_GAP,
        LINK_DOWN,
        REJOINING
    }

    /** Falls silent and joins again; whoever loses its view is no uplink any more. */
    static Transition rejoin(Knowledge known, Moment now) {
        return silent(known, Reason.REJOINING, now).and(new MeshEffect.Rejoin());
    }

    static Transition linkDown(Knowledge known, Moment now) {
        return silent(known, Reason.LINK_DOWN, now);
    }

    /** The transport failed: the next tick after a pause joins again, so that a lasting fault makes no hot loop. */
    static Transition lost(Knowledge known, Moment now) {
        return silent(known, Reason.REJOINING, now);
    }

    private static Transition silent(Knowledge known, Reason reason, Moment now) {
        var mute = new Mute(known.withoutView(), reason, now.millis(), MeshView.NONE);
        var silence = Transition.to(mute, new MeshEffect.Silence(reason));
        return known.isUplink() ? silence.and(new MeshEffect.StopUplink()) : silence;
    }

    @Override
    public RankingInputs inputs() {
        return RankingInputs.NONE;
    }

    @Override
    public Transition apply(MeshEvent event, Moment now) {
        return switch (event) {
            case ViewChanged(var next) ->
                reason != Reason.LINK_DOWN
                                && next.id() > view.id()
                                && next.has(known.self().id())
                        ? Joined.enter(known, next, now).after(known.announcement())
                        : Transition.to(this);
            case ViewConfirmed(var viewId, var by) ->
                awaitsConfirmation() && viewId == view.id() && view.has(by)
                        ? Joined.enter(known, view, now).after(known.announcement())
                        : Transition.to(this);
            case PeerFactsChanged(var facts, var uplink) ->
                view.has(facts.id()) ? knowing(known.with(facts).heardOf(uplink)) : Transition.to(this);
            case DirectoryReceived received -> onDirectory(received, now);
            case OwnFactsChanged(var facts) ->
                knowing(known.with(facts.withHq(known.self().hq())));
            case HqReachable() -> knowing(known.withHq(HqReach.REACHABLE));
            case HqUnreachable() -> knowing(known.withHq(HqReach.UNREACHABLE));
            case ClockGap ignored ->
                awaitsConfirmation()
                        ? Transition.to(new Mute(known, reason, now.millis(), view), new MeshEffect.AskView())
                        : Transition.to(this);
            case LinkChanged(var up) -> up ? rejoin(known, now) : linkDown(known, now);
            case ChannelLost ignored -> reason == Reason.LINK_DOWN ? Transition.to(this) : lost(known, now);
            case Tick() -> hasWaitedEnough(now) ? rejoin(known, now) : Transition.to(this);
        };
    }

    private boolean awaitsConfirmation() {
        return reason == Reason.CLOCK_GAP;
    }

    private boolean hasWaitedEnough(Moment now) {
        return switch (reason) {
            case CLOCK_GAP -> now.isPast(since, CONFIRM_WITHIN_MILLIS);
            case STARTING, REJOINING -> now.isPast(since, JOIN_WITHIN_MILLIS);
            case LINK_DOWN -> false;
        };
    }

    /** Kept for the moment the view is confirmed: the coordinator does not repeat itself. */
    private Transition onDirectory(DirectoryReceived received, Moment now) {
        var directory = received.directory();
        if (directory.viewId() > view.id()) {
            return knowing(known.keeping(received));
        }
        return awaitsConfirmation()
                        && view.isCoordinator(received.from())
                        && directory.viewId() == view.id()
                        && directory.version() > known.directory().version()
                ? knowing(known.with(directory.receivedAt(now)))
                : Transition.to(this);
    }

    private Transition knowing(Knowledge latest) {
        return Transition.to(new Mute(latest, reason, since, view));
    }
}
