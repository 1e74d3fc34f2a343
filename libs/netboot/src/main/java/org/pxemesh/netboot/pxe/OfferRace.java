package org.pxemesh.netboot.pxe;

import java.util.ArrayList;
import java.util.List;
import org.pxemesh.netboot.pxe.OfferEffect.CancelTimer;
import org.pxemesh.netboot.pxe.OfferEffect.SendOffer;
import org.pxemesh.netboot.pxe.OfferEffect.StartTimer;
import org.pxemesh.netboot.pxe.OfferEvent.AnswererLeft;
import org.pxemesh.netboot.pxe.OfferEvent.Discovered;
import org.pxemesh.netboot.pxe.OfferEvent.HeardOffered;
import org.pxemesh.netboot.pxe.OfferEvent.TimerFired;
import org.pxemesh.netboot.pxe.OfferState.Answered;
import org.pxemesh.netboot.pxe.OfferState.OutOfTurn;
import org.pxemesh.netboot.pxe.OfferState.Overheard;
import org.pxemesh.netboot.pxe.OfferState.Standby;
import org.pxemesh.netboot.pxe.OfferState.Unseen;

/** The zero-message election of the responder, as a function of what one peer has seen. */
public final class OfferRace {

    /** Time that each peer in turn leaves to the ones before it. */
    public static final long STEP_MILLIS = 60;

    /** iPXE waits 2 s for a proxy's offer; who would come later stays silent. The next attempt turns the order. */
    static final long PATIENCE_MILLIS = 1_800;

    /** The state after the event, and what to do. */
    public record Step(OfferState state, List<OfferEffect> effects) {
        static Step of(OfferState state, OfferEffect... effects) {
            return new Step(state, List.of(effects));
        }
    }

    private OfferRace() {}

    /**
     * How many peers come before the one of this rank. The holders take turns from attempt to attempt; those that can
     * only point at a holder come after all of them, in case none heard the client.
     *
     * @param holders at least 0
     */
    public static int turn(int rank, int attempt, int holders) {
        return rank < holders ? Math.floorMod(rank - attempt, holders) : rank;
    }

    public static Step apply(OfferState state, OfferEvent event) {
        return switch (event) {
            case Discovered discovered -> onDiscovered(state, discovered);
            case HeardOffered heard -> onHeard(state, heard);
            case AnswererLeft left -> onAnswererLeft(state, left);
            case TimerFired fired -> onTimer(state, fired);
        };
    }

    private static Step onDiscovered(OfferState state, Discovered event) {
        return switch (state) {
            case Unseen unseen -> enter(event);
            case Standby s when same(event, s.xid(), s.attempt()) -> Step.of(s);
            case Standby s -> afterCancel(enter(event));
            case Answered s when same(event, s.xid(), s.attempt()) -> Step.of(s);
            case OutOfTurn s when same(event, s.xid(), s.attempt()) -> Step.of(s);
            case Overheard s when s.attempt() > event.attempt() && s.xid() == event.xid() -> Step.of(s);
            case Overheard s when same(event, s.xid(), s.attempt()) && goesBefore(s, event) -> Step.of(s);
            case Answered s -> enter(event);
            case OutOfTurn s -> enter(event);
            case Overheard s -> enter(event);
        };
    }

    private static boolean same(Discovered event, int xid, int attempt) {
        return event.xid() == xid && event.attempt() == attempt;
    }

    private static boolean goesBefore(Overheard other, Discovered self) {
        return !self.mayAnswer() || turn(other.rank(), other.attempt(), self.holders()) < self.turn();
    }

    private static Step enter(Discovered event) {
        if (!event.mayAnswer() || event.turn() * STEP_MILLIS > PATIENCE_MILLIS) {
            return Step.of(new OutOfTurn(event.xid(), event.attempt()));
        }
        if (event.turn() == 0) {
            return Step.of(new Answered(event.xid(), event.attempt()), new SendOffer(event.attempt()));
        }
        return Step.of(
                new Standby(event.xid(), event.attempt(), event.turn()),
                new StartTimer(event.xid(), event.attempt(), event.turn() * STEP_MILLIS));
    }

    private static Step afterCancel(Step step) {
        List<OfferEffect> effects = new ArrayList<>();
        effects.add(new CancelTimer());
        effects.addAll(step.effects());
        return new Step(step.state(), List.copyOf(effects));
    }

    private static Step onHeard(OfferState state, HeardOffered event) {
        Overheard overheard = new Overheard(event.xid(), event.attempt(), event.rank());
        return switch (state) {
            case Unseen unseen -> Step.of(overheard);
            case Standby s when isBetter(event, s) -> Step.of(overheard, new CancelTimer());
            case Standby s -> Step.of(s);
            case Answered s -> Step.of(later(event, s.xid(), s.attempt()) ? overheard : s);
            case OutOfTurn s -> Step.of(later(event, s.xid(), s.attempt()) ? overheard : s);
            case Overheard s -> Step.of(later(event, s.xid(), s.attempt()) ? overheard : s);
        };
    }

    /** A peer that counts more attempts has heard more than we have, so it goes before us whatever its rank. */
    private static boolean isBetter(HeardOffered event, Standby self) {
        return event.xid() == self.xid()
                && (event.attempt() > self.attempt()
                        || event.attempt() == self.attempt() && event.turn() < self.turn());
    }

    private static boolean later(HeardOffered event, int xid, int attempt) {
        return event.xid() != xid || event.attempt() > attempt;
    }

    /**
     * EDK2 keeps every BINL offer of its four seconds and tries them one after the other: a second one saves the boot
     * that the first can no longer serve.
     */
    private static Step onAnswererLeft(OfferState state, AnswererLeft event) {
        return switch (state) {
            case Overheard s
            when s.xid() == event.xid() -> enter(new Discovered(s.xid(), s.attempt(), event.rank(), event.holders()));
            case Unseen s -> Step.of(s);
            case Standby s -> Step.of(s);
            case Answered s -> Step.of(s);
            case Overheard s -> Step.of(s);
            case OutOfTurn s -> Step.of(s);
        };
    }

    private static Step onTimer(OfferState state, TimerFired event) {
        return switch (state) {
            case Standby s
            when s.xid() == event.xid() && s.attempt() == event.attempt() ->
                Step.of(new Answered(s.xid(), s.attempt()), new SendOffer(s.attempt()));
            case Unseen s -> Step.of(s);
            case Standby s -> Step.of(s);
            case Answered s -> Step.of(s);
            case Overheard s -> Step.of(s);
            case OutOfTurn s -> Step.of(s);
        };
    }
}
