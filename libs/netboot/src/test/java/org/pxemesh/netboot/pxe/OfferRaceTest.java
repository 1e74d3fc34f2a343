package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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

/** Attempt 1 of three holders throughout, unless a test says otherwise: turns are rank 1, 2, 0. */
class OfferRaceTest {

    private static final int XID = 7;
    private static final Unseen UNSEEN = new Unseen();
    private static final Standby SECOND = new Standby(XID, 1, 1);
    private static final Answered ANSWERED = new Answered(XID, 1);
    private static final Overheard OVERHEARD = new Overheard(XID, 1, 1);
    private static final OutOfTurn OUT = new OutOfTurn(XID, 1);

    private static final Discovered FIRST_IN_TURN = new Discovered(XID, 1, 1, 3);
    private static final Discovered SECOND_IN_TURN = new Discovered(XID, 1, 2, 3);
    private static final Discovered NO_HOLDER = new Discovered(XID, 1, -1, 3);
    private static final Discovered NEXT_ATTEMPT = new Discovered(XID, 2, 2, 3);
    private static final HeardOffered BETTER = new HeardOffered(XID, 1, 1, 3);
    private static final HeardOffered WORSE = new HeardOffered(XID, 1, 0, 3);
    private static final HeardOffered LATER = new HeardOffered(XID, 2, 0, 3);
    private static final AnswererLeft LEFT = new AnswererLeft(XID, 1, 2);
    private static final AnswererLeft LEFT_ANOTHER = new AnswererLeft(XID + 1, 1, 2);
    private static final TimerFired TIMER = new TimerFired(XID, 1);
    private static final TimerFired OLD_TIMER = new TimerFired(XID, 0);

    private static final SendOffer SEND = new SendOffer(1);
    private static final StartTimer START = new StartTimer(XID, 1, 60);
    private static final Answered ANSWERED_NEXT = new Answered(XID, 2);
    private static final SendOffer SEND_NEXT = new SendOffer(2);

    static Stream<Arguments> everyStateWithEveryEvent() {
        return Stream.of(
                step(UNSEEN, FIRST_IN_TURN, ANSWERED, SEND),
                step(UNSEEN, SECOND_IN_TURN, SECOND, START),
                step(UNSEEN, NO_HOLDER, OUT),
                step(UNSEEN, NEXT_ATTEMPT, ANSWERED_NEXT, SEND_NEXT),
                step(UNSEEN, BETTER, OVERHEARD),
                step(UNSEEN, WORSE, new Overheard(XID, 1, 0)),
                step(UNSEEN, LATER, new Overheard(XID, 2, 0)),
                step(UNSEEN, TIMER, UNSEEN),
                step(UNSEEN, LEFT, UNSEEN),
                step(UNSEEN, LEFT_ANOTHER, UNSEEN),
                step(UNSEEN, OLD_TIMER, UNSEEN),
                step(SECOND, FIRST_IN_TURN, SECOND),
                step(SECOND, SECOND_IN_TURN, SECOND),
                step(SECOND, NO_HOLDER, SECOND),
                step(SECOND, NEXT_ATTEMPT, ANSWERED_NEXT, new CancelTimer(), SEND_NEXT),
                step(SECOND, BETTER, OVERHEARD, new CancelTimer()),
                step(SECOND, WORSE, SECOND),
                step(SECOND, LATER, new Overheard(XID, 2, 0), new CancelTimer()),
                step(SECOND, TIMER, ANSWERED, SEND),
                step(SECOND, LEFT, SECOND),
                step(SECOND, LEFT_ANOTHER, SECOND),
                step(SECOND, OLD_TIMER, SECOND),
                step(ANSWERED, FIRST_IN_TURN, ANSWERED),
                step(ANSWERED, SECOND_IN_TURN, ANSWERED),
                step(ANSWERED, NO_HOLDER, ANSWERED),
                step(ANSWERED, NEXT_ATTEMPT, ANSWERED_NEXT, SEND_NEXT),
                step(ANSWERED, BETTER, ANSWERED),
                step(ANSWERED, WORSE, ANSWERED),
                step(ANSWERED, LATER, new Overheard(XID, 2, 0)),
                step(ANSWERED, TIMER, ANSWERED),
                step(ANSWERED, LEFT, ANSWERED),
                step(ANSWERED, LEFT_ANOTHER, ANSWERED),
                step(ANSWERED, OLD_TIMER, ANSWERED),
                step(OVERHEARD, FIRST_IN_TURN, ANSWERED, SEND),
                step(OVERHEARD, SECOND_IN_TURN, OVERHEARD),
                step(OVERHEARD, NO_HOLDER, OVERHEARD),
                step(OVERHEARD, NEXT_ATTEMPT, ANSWERED_NEXT, SEND_NEXT),
                step(OVERHEARD, BETTER, OVERHEARD),
                step(OVERHEARD, WORSE, OVERHEARD),
                step(OVERHEARD, LATER, new Overheard(XID, 2, 0)),
                step(OVERHEARD, TIMER, OVERHEARD),
                step(OVERHEARD, LEFT, ANSWERED, SEND),
                step(OVERHEARD, LEFT_ANOTHER, OVERHEARD),
                step(OVERHEARD, OLD_TIMER, OVERHEARD),
                step(OUT, FIRST_IN_TURN, OUT),
                step(OUT, SECOND_IN_TURN, OUT),
                step(OUT, NO_HOLDER, OUT),
                step(OUT, NEXT_ATTEMPT, ANSWERED_NEXT, SEND_NEXT),
                step(OUT, BETTER, OUT),
                step(OUT, WORSE, OUT),
                step(OUT, LATER, new Overheard(XID, 2, 0)),
                step(OUT, TIMER, OUT),
                step(OUT, LEFT, OUT),
                step(OUT, LEFT_ANOTHER, OUT),
                step(OUT, OLD_TIMER, OUT));
    }

    private static Arguments step(OfferState from, OfferEvent event, OfferState to, OfferEffect... effects) {
        return Arguments.of(from, event, to, List.of(effects));
    }

    @ParameterizedTest
    @MethodSource("everyStateWithEveryEvent")
    void shouldMoveAsDrawn(OfferState from, OfferEvent event, OfferState to, List<OfferEffect> effects) {
        assertThat(OfferRace.apply(from, event)).isEqualTo(new OfferRace.Step(to, effects));
    }

    @Test
    void shouldTurnTheOrderWithEachAttempt() {
        assertThat(order(0)).containsExactly(0, 1, 2);
        assertThat(order(1)).containsExactly(1, 2, 0);
        assertThat(order(2)).containsExactly(2, 0, 1);
        assertThat(order(3)).containsExactly(0, 1, 2);
    }

    @Test
    void Q52_shouldStaySilentWhenTheTurnComesAfterTheClientsPatience() {
        OfferRace.Step step = OfferRace.apply(UNSEEN, new Discovered(XID, 0, 40, 50));

        assertThat(step).isEqualTo(new OfferRace.Step(new OutOfTurn(XID, 0), List.of()));
    }

    @Test
    void shouldLetExactlyOneOfAllAliveAnswer() {
        // Given three holders of which the first two in turn are dead: each alive one hears of every answer
        List<Integer> answered = new ArrayList<>();
        OfferState third = OfferRace.apply(UNSEEN, new Discovered(XID, 0, 2, 4)).state();
        OfferState fourth =
                OfferRace.apply(UNSEEN, new Discovered(XID, 0, 3, 4)).state();

        // When the third's timer fires first
        OfferRace.Step step = OfferRace.apply(third, new TimerFired(XID, 0));
        if (step.effects().contains(new SendOffer(0))) {
            answered.add(2);
        }
        fourth = OfferRace.apply(fourth, new HeardOffered(XID, 0, 2, 4)).state();
        if (!OfferRace.apply(fourth, new TimerFired(XID, 0)).effects().isEmpty()) {
            answered.add(3);
        }

        // Then
        assertThat(answered).containsExactly(2);
    }

    private static List<Integer> order(int attempt) {
        return Stream.of(0, 1, 2)
                .sorted(Comparator.comparing(rank -> OfferRace.turn(rank, attempt, 3)))
                .toList();
    }
}
