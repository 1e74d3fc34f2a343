package org.pxemesh.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.tftp.TftpEffect.Aborted;
import org.pxemesh.netboot.tftp.TftpEffect.Failed;
import org.pxemesh.netboot.tftp.TftpEffect.Finished;
import org.pxemesh.netboot.tftp.TftpEffect.Nothing;
import org.pxemesh.netboot.tftp.TftpEffect.SendBlocks;
import org.pxemesh.netboot.tftp.TftpEffect.SendOptionAck;
import org.pxemesh.netboot.tftp.TftpEvent.Acked;
import org.pxemesh.netboot.tftp.TftpEvent.ErrorReceived;
import org.pxemesh.netboot.tftp.TftpEvent.RequestRepeated;
import org.pxemesh.netboot.tftp.TftpEvent.Tick;
import org.pxemesh.netboot.tftp.TftpSession.Phase;
import org.pxemesh.netboot.tftp.TftpSession.Step;

class TftpSessionTest {

    private static final Nothing NOTHING = new Nothing();

    @Test
    void shouldSendDataAtOnceWithoutOptions() {
        Step step = TftpSession.begin(plain(), 1000, 0);

        assertThat(step.effect()).isEqualTo(new SendBlocks(1, 1));
        assertThat(step.session().length(1)).isEqualTo(512);
        assertThat(step.session().length(2)).isEqualTo(488);
    }

    @Test
    void shouldWaitForTheOptionsToBeTakenUp() {
        Step begun = TftpSession.begin(windowed(4), 100_000, 0);

        assertThat(begun.effect()).isEqualTo(new SendOptionAck());
        assertThat(begun.session().on(new Acked(0), 1).effect()).isEqualTo(new SendBlocks(1, 4));
    }

    @Test
    void shouldFinishWithTheAckOfTheLastBlock() {
        Script script = new Script(plain(), 1000).ack(1).ack(2);

        assertThat(script.effect).isEqualTo(new Finished(true));
        assertThat(script.session.phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void Q82_shouldTakeAnErrorAfterTheOptionsForAProbe() {
        Script script = new Script(windowed(4), 1000).error(8, "User aborted the transfer");

        assertThat(script.effect).isEqualTo(new Aborted(ErrorCode.OPTIONS_REFUSED, "User aborted the transfer"));
    }

    @Test
    void shouldFailWhenTheClientGivesUpInTheMiddle() {
        Script script = new Script(plain(), 10_000).ack(1).error(3, "disk full");

        assertThat(script.effect).isEqualTo(new Failed("client sent disk full(3): disk full"));
    }

    @Test
    void Q86_shouldRestartTheWindowOnceForOneLostBlock() {
        // Given a window of 8, of which block 3 is lost: EDK2 acknowledges 2 for each of the blocks 4 to 8
        Script script = new Script(windowed(8), 1_000_000).ack(0);

        // When / Then
        assertThat(script.ack(2).effect).isEqualTo(new SendBlocks(3, 8));
        for (int echo = 0; echo < 4; echo++) {
            assertThat(script.ack(2).effect).isEqualTo(NOTHING);
        }
        assertThat(script.ack(10).effect).isEqualTo(new SendBlocks(11, 8));
    }

    @Test
    void Q86_shouldRestartTheWindowOnceWhenItsFirstBlockIsLost() {
        Script script = new Script(windowed(4), 1_000_000).ack(0).ack(4);

        assertThat(script.ack(4).effect).isEqualTo(new SendBlocks(5, 4));
        assertThat(script.ack(4).effect).isEqualTo(NOTHING);
        assertThat(script.ack(4).effect).isEqualTo(NOTHING);
    }

    @Test
    void Q86_shouldBelieveARepeatedAckAgainAfterTheEcho() {
        Script script = new Script(windowed(4), 1_000_000).ack(0).ack(4).ack(4);

        script.now += TftpSession.ECHO_MILLIS;

        assertThat(script.ack(4).effect).isEqualTo(new SendBlocks(5, 4));
    }

    @Test
    void Q86_shouldOnlyMoveOnWhenTheClientAcknowledgesInTheMiddleOfARepetition() {
        // Given the last block of a window was lost: silence, and the window comes again
        Script script = new Script(windowed(4), 1_000_000).ack(0);
        script.now = script.session.dueAt();
        assertThat(script.tick().effect).isEqualTo(new SendBlocks(1, 4));

        // When the client, which has 1 to 3, acknowledges each of them once more
        assertThat(script.ack(3).effect).as("4 is on its way").isEqualTo(new SendBlocks(5, 3));
        assertThat(script.ack(3).effect).isEqualTo(NOTHING);
        assertThat(script.ack(3).effect).isEqualTo(NOTHING);

        // Then all goes on as before
        assertThat(script.ack(7).effect).isEqualTo(new SendBlocks(8, 4));
    }

    @Test
    void Q87_shouldIgnoreAcksThatAreOldOrFromTheFuture() {
        Script script = new Script(windowed(2), 1_000_000).ack(0).ack(2).ack(4);

        assertThat(script.ack(3).effect).isEqualTo(NOTHING);
        assertThat(script.ack(0).effect).isEqualTo(NOTHING);
        assertThat(script.ack(7).effect).isEqualTo(NOTHING);
        assertThat(script.ack(6).effect).isEqualTo(new SendBlocks(7, 2));
    }

    @Test
    void Q87_shouldNeverAnswerARepeatedAckInLockStep() {
        Script script = new Script(plain(), 1_000_000).ack(1);

        assertThat(script.ack(1).effect).isEqualTo(NOTHING);
        script.now += 900;
        assertThat(script.ack(1).effect).isEqualTo(NOTHING);
    }

    @Test
    void Q88_shouldCountOnWhenTheWireWrapsToZero() {
        // Given a file of 70 000 blocks
        Script script = new Script(plain(), 70_000L * 512 - 1);

        // When every block is acknowledged as on the wire
        for (long block = 1; block < 70_000; block++) {
            script.ack((int) (block & 0xffff));
            assertThat(script.effect).isEqualTo(new SendBlocks(block + 1, 1));
        }

        // Then
        assertThat(script.session.offset(70_000)).isEqualTo(69_999L * 512);
        assertThat(script.ack(70_000 & 0xffff).effect).isEqualTo(new Finished(true));
    }

    @Test
    void Q88_shouldCrossTheWrapWithinAWindow() {
        Script script = new Script(windowed(8), 80_000L * 512).ack(0);
        for (long block = 8; block < 65_536; block += 8) {
            script.ack((int) block);
        }

        assertThat(script.ack(0).effect).isEqualTo(new SendBlocks(65_537, 8));
        assertThat(script.ack(4).effect).isEqualTo(new SendBlocks(65_541, 8));
    }

    @Test
    void Q89_shouldEndAFullLastBlockWithAnEmptyOne() {
        Script script = new Script(plain(), 1024).ack(1).ack(2);

        assertThat(script.effect).isEqualTo(new SendBlocks(3, 1));
        assertThat(script.session.length(3)).isZero();
        assertThat(script.ack(3).effect).isEqualTo(new Finished(true));
    }

    @Test
    void Q89_shouldFinishWithoutTheLastAck() {
        Script script = new Script(plain(), 100);

        assertThat(script.untilDone()).isEqualTo(new Finished(false));
        assertThat(script.now).isBetween(10_000L, 20_000L);
    }

    @Test
    void shouldSendAnEmptyFileAsOneEmptyBlock() {
        Script script = new Script(plain(), 0);

        assertThat(script.effect).isEqualTo(new SendBlocks(1, 1));
        assertThat(script.session.length(1)).isZero();
    }

    @Test
    void Q90_shouldSendTheFirstPacketAgainForARepeatedRequest() {
        Script withOptions = new Script(windowed(4), 100_000);
        Script without = new Script(plain(), 100_000);

        assertThat(withOptions.on(new RequestRepeated()).effect).isEqualTo(new SendOptionAck());
        assertThat(withOptions.ack(0).on(new RequestRepeated()).effect).isEqualTo(new SendOptionAck());
        assertThat(without.on(new RequestRepeated()).effect).isEqualTo(new SendBlocks(1, 1));
    }

    @Test
    void Q90_shouldGoOnWhenAnOldCopyOfTheRequestComesInTheMiddle() {
        // Given transfers under way
        Script withOptions = new Script(windowed(4), 100_000).ack(0).ack(4);
        Script fresh = new Script(windowed(4), 100_000).ack(0);
        Script without = new Script(plain(), 100_000).ack(1).ack(2);

        // When a copy of the request was late
        withOptions.on(new RequestRepeated());
        fresh.on(new RequestRepeated());
        without.on(new RequestRepeated());

        // Then the client, which passes over the first packet, goes on
        assertThat(withOptions.ack(8).effect).isEqualTo(new SendBlocks(9, 4));
        assertThat(fresh.ack(4).effect).isEqualTo(new SendBlocks(5, 4));
        assertThat(without.ack(3).effect).isEqualTo(new SendBlocks(4, 1));
        assertThat(without.session.phase()).isEqualTo(Phase.SENDING);
    }

    @Test
    void Q90_shouldBeginAnewForAMachineThatAsksFromTheSamePortAgain() {
        // Given transfers whose machines were switched off in the middle
        Script withOptions = new Script(windowed(4), 100_000).ack(0).ack(4).ack(8);
        Script without = new Script(plain(), 100_000).ack(1).ack(2).ack(3);

        // When they ask again, and what is sent first is lost
        assertThat(withOptions.on(new RequestRepeated()).effect).isEqualTo(new SendOptionAck());
        assertThat(withOptions.tick().effect).isEqualTo(new SendOptionAck());
        assertThat(without.on(new RequestRepeated()).effect).isEqualTo(new SendBlocks(1, 1));
        assertThat(without.tick().effect).isEqualTo(new SendBlocks(1, 1));

        // Then
        assertThat(withOptions.ack(0).effect).isEqualTo(new SendBlocks(1, 4));
        assertThat(withOptions.ack(4).effect).isEqualTo(new SendBlocks(5, 4));
        assertThat(without.ack(1).effect).isEqualTo(new SendBlocks(2, 1));
        assertThat(without.ack(2).effect).isEqualTo(new SendBlocks(3, 1));
    }

    @Test
    void Q90_shouldGiveUpAMachineThatAskedAgainAndIsGone() {
        Script script = new Script(windowed(4), 100_000).ack(0).ack(4).on(new RequestRepeated());

        assertThat(script.untilDone()).isInstanceOf(Failed.class);
    }

    @Test
    void shouldSendAgainWithGrowingPauses() {
        // Given
        Script script = new Script(plain(), 100_000).ack(1);
        long start = script.now;

        // When nothing comes back
        List<Long> pauses = new ArrayList<>();
        while (script.session.phase() != Phase.DONE) {
            long before = script.now;
            script.tick();
            pauses.add(script.now - before);
        }

        // Then: the way there and back was 1 ms
        assertThat(pauses).startsWith(26L, 52L, 104L, 208L, 416L, 832L, 1664L, 3328L, 4000L, 4000L);
        assertThat(script.effect).isInstanceOf(Failed.class);
        assertThat(script.now - start).isBetween(TftpSession.PATIENCE_MILLIS, TftpSession.PATIENCE_MILLIS + 4000);
    }

    @Test
    void shouldSendLittleToWhoNeverAcknowledges() {
        // Given requests in somebody else's name: one for options, one for a long file, one for a short one
        for (Script script :
                List.of(new Script(windowed(16), 100_000), new Script(plain(), 100_000), new Script(plain(), 100))) {
            int packets = 1;

            // When nobody answers
            while (script.session.phase() != Phase.DONE) {
                script.tick();
                packets += script.effect instanceof SendBlocks || script.effect instanceof SendOptionAck ? 1 : 0;
            }

            // Then
            assertThat(packets).isEqualTo(1 + TftpSession.UNPROVEN_RETRIES);
            assertThat(script.now).isLessThan(20_000);
        }
    }

    @Test
    void shouldWaitLongerForAClientWhoseAnswersVary() {
        // Given answers after 1 and after 60 ms in turns
        Script script = new Script(plain(), 1_000_000);
        for (int block = 1; block < 40; block++) {
            script.now += block % 2 == 0 ? 59 : 0;
            script.ack(block);
        }

        // Then even the late ones are not taken for lost
        assertThat(script.session.dueAt() - script.now).isBetween(80L, 300L);
    }

    @Test
    void shouldLetTheClientNameTheWindow() {
        // Given msftwindow
        Agreement agreement =
                Agreement.negotiate(Map.of("msftwindow", "31416"), 0, new TransferLimits(1500, 64, 65_000, true, 0));
        assertThat(agreement.acknowledged()).containsExactly(Map.entry("msftwindow", "27182"));
        Script script = new Script(agreement, 1_000_000);

        // When / Then
        assertThat(script.on(new TftpEvent.AckedWithWindow(0, 4)).effect).isEqualTo(new SendBlocks(1, 4));
        assertThat(script.on(new TftpEvent.AckedWithWindow(4, 9)).effect).isEqualTo(new SendBlocks(5, 9));
        assertThat(script.on(new Acked(13)).effect).as("as before").isEqualTo(new SendBlocks(14, 9));
    }

    @Test
    void shouldWaitAsLongAsTheClientAsked() {
        Agreement agreement = Agreement.negotiate(Map.of("timeout", "3"), 0, TransferLimits.ethernet());
        Script script = new Script(agreement, 100_000).ack(0).ack(1);
        long sent = script.now;

        for (int times = 1; times <= 3; times++) {
            assertThat(script.tick().effect).isEqualTo(new SendBlocks(2, 1));
            assertThat(script.now - sent).isEqualTo(3000L * times);
        }
    }

    @Test
    void Q86_shouldNotAnswerTheEchoOfItsOwnRepetition() {
        // Given a client so slow that its window was sent twice
        Script script = new Script(windowed(4), 1_000_000).ack(0).tick();
        assertThat(script.effect).isEqualTo(new SendBlocks(1, 4));

        // When it acknowledges the first copy, and then each block of the second as out of order
        assertThat(script.ack(4).effect).isEqualTo(new SendBlocks(5, 4));

        // Then
        for (int echo = 0; echo < 4; echo++) {
            assertThat(script.ack(4).effect).isEqualTo(NOTHING);
        }
        assertThat(script.ack(8).effect).isEqualTo(new SendBlocks(9, 4));
    }

    @Test
    void shouldDoNothingBeforeItIsDue() {
        Script script = new Script(plain(), 100_000);

        script.now += 998;

        assertThat(script.on(new Tick()).effect).isEqualTo(NOTHING);
    }

    @Test
    void shouldGiveUpAClientThatNeverTakesUpTheOptions() {
        assertThat(new Script(windowed(4), 1000).untilDone()).isInstanceOf(Aborted.class);
    }

    @Test
    void shouldDoNothingAnyMoreWhenDone() {
        Script script = new Script(plain(), 10).ack(1);

        for (TftpEvent event :
                List.of(new Acked(1), new ErrorReceived(ErrorCode.UNDEFINED, ""), new Tick(), new RequestRepeated())) {
            assertThat(script.on(event).effect).isEqualTo(NOTHING);
        }
    }

    private static Agreement plain() {
        return Agreement.negotiate(Map.of(), 0, TransferLimits.ethernet());
    }

    private static Agreement windowed(int window) {
        return Agreement.negotiate(Map.of("windowsize", Integer.toString(window)), 0, TransferLimits.ethernet());
    }

    /** A transfer played step by step; a millisecond passes with each event. */
    private static final class Script {
        private TftpSession session;
        private TftpEffect effect;
        private long now;

        Script(Agreement agreement, long length) {
            Step step = TftpSession.begin(agreement, length, now);
            session = step.session();
            effect = step.effect();
        }

        Script on(TftpEvent event) {
            Step step = session.on(event, ++now);
            session = step.session();
            effect = step.effect();
            return this;
        }

        Script ack(int wireBlock) {
            return on(new Acked(wireBlock));
        }

        Script error(int code, String message) {
            return on(new ErrorReceived(new ErrorCode(code), message));
        }

        Script tick() {
            now = session.dueAt() - 1;
            return on(new Tick());
        }

        TftpEffect untilDone() {
            while (session.phase() != Phase.DONE) {
                tick();
            }
            return effect;
        }
    }
}
