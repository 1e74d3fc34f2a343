package org.pxemesh.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.pxemesh.netboot.tftp.TftpEffect.SendBlocks;

/** Whole transfers to a client that acknowledges as EDK2 does, over a network that loses packets both ways. */
class TftpTransferPropertyTest {

    @Property(tries = 300)
    void shouldDeliverEveryBlockInOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 60_000) int length,
            @ForAll @IntRange(min = 1, max = 16) int window,
            @ForAll @IntRange(min = 0, max = 20) int lossPercent) {
        // Given
        Random network = new Random(seed);
        Agreement agreement =
                Agreement.negotiate(Map.of("windowsize", Integer.toString(window)), length, TransferLimits.ethernet());
        TftpSession.Step step = TftpSession.begin(agreement, length, 0);
        Client client = new Client(window, step.session().blocks());
        long now = 0;

        // When
        while (step.session().phase() != TftpSession.Phase.DONE) {
            Deque<Integer> acks = new ArrayDeque<>();
            if (step.effect() instanceof TftpEffect.SendOptionAck && network.nextInt(100) >= lossPercent) {
                acks.add(0);
            }
            if (step.effect() instanceof SendBlocks(long first, int count)) {
                for (long block = first; block < first + count; block++) {
                    if (network.nextInt(100) >= lossPercent) {
                        client.receive(block, acks);
                    }
                }
            }
            acks.removeIf(ack -> network.nextInt(100) < lossPercent);
            TftpSession session = step.session();
            TftpEffect effect = new TftpEffect.Nothing();
            while (effect instanceof TftpEffect.Nothing && !acks.isEmpty()) {
                now++;
                TftpSession.Step next = session.on(new TftpEvent.Acked(acks.poll()), now);
                session = next.session();
                effect = next.effect();
            }
            if (effect instanceof TftpEffect.Nothing) {
                now = Math.max(now, session.dueAt());
                TftpSession.Step next = session.on(new TftpEvent.Tick(), now);
                session = next.session();
                effect = next.effect();
            }
            step = effect instanceof TftpEffect.Aborted
                    ? TftpSession.begin(agreement, length, now) // a client whom no packet reached asks again
                    : new TftpSession.Step(session, effect);
        }

        // Then
        if (step.effect() instanceof TftpEffect.Finished(boolean acknowledged)) {
            // The client of this test never repeats an ACK, so the last window may be lost without a trace.
            assertThat(client.expected)
                    .isGreaterThanOrEqualTo(acknowledged ? client.blocks + 1 : client.blocks + 1 - window);
        } else {
            assertThat(lossPercent)
                    .as("only a bad network breaks a transfer: " + step.effect())
                    .isGreaterThan(10);
        }
    }

    /** Mtftp4RrqHandleData: in order, acknowledge each full window and the end; out of order, repeat the last. */
    private static final class Client {
        private final int window;
        private final long blocks;
        private long expected = 1;
        private int inWindow;

        Client(int window, long blocks) {
            this.window = window;
            this.blocks = blocks;
        }

        void receive(long block, Deque<Integer> acks) {
            if (block != expected) {
                inWindow = 0;
                acks.add((int) (expected - 1 & 0xffff));
                return;
            }
            expected++;
            inWindow++;
            if (inWindow == window || block == blocks) {
                inWindow = 0;
                acks.add((int) (block & 0xffff));
            }
        }
    }
}
