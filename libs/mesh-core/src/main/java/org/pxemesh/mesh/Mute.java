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
 * @param since when it fell silent or last asked, in {@link Moment#millis}
 * @param view after a clock gap the view to be confirmed, else {@link MeshView#NONE}
 * @param asked how many times it asked for a view or for the group, this one included
 * @param gapMillis the longest clock gap since it had a view, 0 when it is mute for another reason
 */
public record Mute(Knowledge known, Reason reason, long since, MeshView view, int asked, long gapMillis)
        implements MeshState {
    /**
     * Nobody is taken for dead in less: a peer that was away for a shorter time knows what it knew. Where none has a
     * processor all are mute at once, and would wait for one another.
     */
    static final long MISSED_BY_NOBODY_MILLIS = 4_000;

    /** How long a peer waits for its view to be confirmed before it asks again. */
    static final long CONFIRM_WITHIN_MILLIS = 1_500;

    /** How often it asks before it joins again. */
    static final int QUESTIONS = 6;

    /** Who was away for so long was missed: one question, and it joins again. */
    static final long LONG_GAP_MILLIS = 10_000;

    /**
     * How long it waits for a view after it asked to join, the first time; then twice and four times as long. The group's
     * own protocol asks again and again meanwhile: who gives it up and begins anew leaves one more ghost to be buried.
     */
    static final long JOIN_WITHIN_MILLIS = 30_000;

    /** How long it waits after a failure of the transport, so that a lasting fault makes no hot loop. */
    static final long AFTER_FAILURE_MILLIS = 10_000;

    /** Why a peer is mute; shown in its status. */
    public enum Reason {
        STARTING,
        CLOCK_GAP,
        LINK_DOWN,
        REJOINING,
        TRANSPORT_FAILED
    }

    /** Falls silent and joins again; whoever loses its view is no uplink any more. */
    static Transition rejoin(Knowledge known, Moment now) {
        return rejoin(known, 1, now);
    }

    private static Transition rejoin(Knowledge known, int asked, Moment now) {
        return silent(known, Reason.REJOINING, asked, now).and(new MeshEffect.Rejoin());
    }

    static Transition linkDown(Knowledge known, Moment now) {
        return silent(known, Reason.LINK_DOWN, 1, now);
    }

    /** The transport failed: the next tick after a pause joins again. */
    static Transition lost(Knowledge known, Moment now) {
        return silent(known, Reason.TRANSPORT_FAILED, 1, now);
    }

    private static Transition silent(Knowledge known, Reason reason, int asked, Moment now) {
        var mute = new Mute(known.withoutView(), reason, now.millis(), MeshView.NONE, asked, 0);
        var silence = Transition.to(mute, new MeshEffect.Silence(reason));
        return known.isUplink() ? silence.and(new MeshEffect.StopUplink()) : silence;
    }

    /**
     * Falls silent until somebody says that the view still stands. A short gap is most often a processor that others had,
     * and they are slow, too: leaving the group for it would make more work for all.
     */
    static Transition afterGap(Knowledge known, MeshView view, long gapMillis, Moment now) {
        var mute = new Mute(known, Reason.CLOCK_GAP, now.millis(), view, firstQuestion(gapMillis), gapMillis);
        return Transition.to(mute, new MeshEffect.Silence(Reason.CLOCK_GAP), mute.question());
    }

    private static int firstQuestion(long gapMillis) {
        return gapMillis < LONG_GAP_MILLIS ? 1 : QUESTIONS;
    }

    @Override
    public boolean vouches() {
        return awaitsConfirmation() && gapMillis < MISSED_BY_NOBODY_MILLIS;
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
                awaitsConfirmation() && viewId == view.id() && view.has(by) ? resume(now) : Transition.to(this);
            case PeerFactsChanged(var facts, var uplink) ->
                view.has(facts.id()) ? knowing(known.with(facts).heardOf(uplink)) : Transition.to(this);
            case DirectoryReceived received -> onDirectory(received, now);
            case OwnFactsChanged(var facts) ->
                knowing(known.with(facts.withHq(known.self().hq())));
            case HqReachable() -> knowing(known.withHq(HqReach.REACHABLE));
            case HqUnreachable() -> knowing(known.withHq(HqReach.UNREACHABLE));
            case ClockGap(var millis) -> awaitsConfirmation() ? afterAnother(millis, now) : Transition.to(this);
            case LinkChanged(var up) -> up ? rejoin(known, now) : linkDown(known, now);
            case ChannelLost ignored -> reason == Reason.LINK_DOWN ? Transition.to(this) : lost(known, now);
            case Tick() -> hasWaitedEnough(now) ? again(now) : Transition.to(this);
        };
    }

    private boolean awaitsConfirmation() {
        return reason == Reason.CLOCK_GAP;
    }

    /** What the coordinator knows already need not be said again; but to serve, it must be said to this peer itself. */
    private Transition resume(Moment now) {
        var entered = Joined.enter(known, view, now);
        if (entered.effects().stream().noneMatch(MeshEffect.Serve.class::isInstance)) {
            entered = entered.and(new MeshEffect.Serve(entered.state().inputs()));
        }
        return known.directory().viewId() == view.id() && known.directory().knows(known.self())
                ? entered
                : entered.after(known.announcement());
    }

    private Transition afterAnother(long anotherMillis, Moment now) {
        var longest = Math.max(gapMillis, anotherMillis);
        var next = new Mute(known, reason, now.millis(), view, Math.max(asked, firstQuestion(anotherMillis)), longest);
        return Transition.to(next, next.question());
    }

    private MeshEffect question() {
        return new MeshEffect.AskView(view.witnesses(known.self().id()));
    }

    private boolean hasWaitedEnough(Moment now) {
        return switch (reason) {
            case CLOCK_GAP -> now.isPast(since, CONFIRM_WITHIN_MILLIS);
            case STARTING, REJOINING -> now.isPast(since, JOIN_WITHIN_MILLIS << Math.min(asked - 1, 2));
            case TRANSPORT_FAILED -> now.isPast(since, AFTER_FAILURE_MILLIS);
            case LINK_DOWN -> false;
        };
    }

    private Transition again(Moment now) {
        if (!awaitsConfirmation() || asked >= QUESTIONS) {
            return rejoin(known, awaitsConfirmation() ? 1 : asked + 1, now);
        }
        if (view.members().size() == 1) {
            // There is nobody to ask, and nobody who could have taken its place while it was away for a moment.
            return resume(now);
        }
        var next = new Mute(known, reason, now.millis(), view, asked + 1, gapMillis);
        return Transition.to(next, next.question());
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
        return Transition.to(new Mute(latest, reason, since, view, asked, gapMillis));
    }
}
