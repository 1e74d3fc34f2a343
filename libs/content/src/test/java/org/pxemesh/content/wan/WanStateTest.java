package org.pxemesh.content.wan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rate control over a simulated link of 20 Mbit/s with a queue of 250 ms. */
class WanStateTest {
    private static final double LINK = 20e6 / 8;
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long QUEUE = 250 * MILLI;
    private static final long SEED = 7;

    @ParameterizedTest
    @ValueSource(longs = {2, 40, 200})
    void shouldFillAnIdleLinkWithAShortQueue(long rttMillis) {
        // Given
        SimulatedLink link = link(rttMillis);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);
        link.runUntil(5 * SECOND);
        long before = ours.bytes();

        // When
        long worst = worstQueueing(link, 10 * SECOND);

        // Then
        assertThat(ours.bytes() - before).isGreaterThan((long) (0.97 * LINK * 5));
        assertThat(worst).isLessThan(30 * MILLI);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 40, 200})
    void shouldFillALinkWithinSeconds(long rttMillis) {
        SimulatedLink link = link(rttMillis);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);

        link.runUntil(20 * SECOND);

        assertThat(ours.bytes()).isGreaterThan((long) (0.90 * LINK * 20));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 40, 200})
    void shouldYieldToAFlowThatFillsTheQueueAndComeBack(long rttMillis) {
        // Given
        SimulatedLink link = link(rttMillis);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);
        link.runUntil(10 * SECOND);

        // When
        SimulatedTcp tcp = tcp(link);
        link.runUntil(30 * SECOND);
        long kept = tcp.bytes();
        tcp.stop();
        link.runUntil(35 * SECOND);
        long back = ours.bytes();
        link.runUntil(36 * SECOND);

        // Then
        assertThat(kept).isGreaterThan((long) (0.95 * solo(rttMillis)));
        assertThat(ours.bytes() - back).isGreaterThan((long) (0.9 * LINK));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 40})
    void shouldYieldWithinASecondOfTheQueueGrowing(long rttMillis) {
        SimulatedLink link = link(rttMillis);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);
        link.runUntil(10 * SECOND);
        SimulatedTcp tcp = tcp(link);

        link.runUntil(11 * SECOND);

        assertThat(ours.state().phase()).isEqualTo("yield");
        assertThat(tcp.bytes()).isPositive();
        assertThat(ours.state().allowance().by()).isEqualTo(Allowance.By.OTHERS);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 40, 200})
    void shouldLeaveTheLinkWithinASecondOfAnotherFlowBeingSeen(long rttMillis) {
        // Given
        SimulatedLink link = link(rttMillis);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);
        link.runUntil(20 * SECOND);

        // When another flow has got a fiftieth of the link in each of three tenths of a second
        SimulatedTcp tcp = tcp(link);
        for (int met = 0; met < 3; ) {
            met = gained(link, 100 * MILLI, tcp::bytes) < LINK / 50 ? 0 : met + 1;
        }
        link.runUntil(link.now() + 700 * MILLI);

        // Then
        assertThat(gained(link, 300 * MILLI, ours::bytes)).isLessThan(LINK / 10);
    }

    /** A server that takes half a second is slow for a while, and then answers late now and then: never a queue of others. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10})
    void shouldRecoverFromASlowServerThoughSomeAnswersAreLate(int percentLate) {
        // Given
        SimulatedLink link = link(2);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);
        java.util.Random random = new java.util.Random(SEED);
        ours.serverTakes(() -> 500 * MILLI);
        link.runUntil(20 * SECOND);
        ours.serverTakes(() -> random.nextInt(100) < percentLate ? 40 * MILLI : 0);

        // When
        link.runUntil(30 * SECOND);
        long before = ours.bytes();
        link.runUntil(60 * SECOND);

        // Then
        assertThat(ours.bytes() - before).isGreaterThan((long) (0.7 * LINK * 30));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 40, 200})
    void shouldNotTakeABusyHostForAQueue(long rttMillis) {
        // Given a host that stands still for a third of the time
        SimulatedLink link = link(rttMillis);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED, SimulatedHost.busy(120 * MILLI, 40 * MILLI, SEED));
        link.runUntil(10 * SECOND);
        long before = ours.bytes();

        // When
        link.runUntil(30 * SECOND);

        // Then
        assertThat(ours.bytes() - before).isGreaterThan((long) (0.5 * LINK * 20));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 40, 200})
    void shouldLeaveTheLinkToOthersThoughTheHostIsBusy(long rttMillis) {
        // Given
        SimulatedLink link = link(rttMillis);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED, SimulatedHost.busy(120 * MILLI, 40 * MILLI, SEED));
        link.runUntil(10 * SECOND);

        // When
        SimulatedTcp tcp = tcp(link);
        link.runUntil(30 * SECOND);

        // Then
        assertThat(tcp.bytes()).isGreaterThan((long) (0.9 * solo(rttMillis)));
    }

    @Test
    void shouldShareWithAnotherOfItsKind() {
        // Given
        double slow = 5e6 / 8;
        SimulatedLink link = new SimulatedLink(slow, 40 * MILLI, QUEUE);
        SimulatedReceiver first = new SimulatedReceiver(link, SEED);
        link.runUntil(10 * SECOND);
        SimulatedReceiver second = new SimulatedReceiver(link, SEED + 1);
        link.runUntil(120 * SECOND);
        long firstBefore = first.bytes();
        long secondBefore = second.bytes();

        // When
        link.runUntil(240 * SECOND);

        // Then
        double one = first.bytes() - firstBefore;
        double other = second.bytes() - secondBefore;
        assertThat(one + other).isGreaterThan(0.9 * slow * 120);
        assertThat(Math.min(one, other) / Math.max(one, other)).isGreaterThan(0.25);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e6, 5e6, 100e6})
    void shouldFitOtherLinks(double bitsPerSecond) {
        SimulatedLink link = new SimulatedLink(bitsPerSecond / 8, 40 * MILLI, QUEUE);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);
        link.runUntil(10 * SECOND);
        long before = ours.bytes();

        link.runUntil(30 * SECOND);

        assertThat(ours.bytes() - before).isGreaterThan((long) (0.95 * bitsPerSecond / 8 * 20));
    }

    @Test
    void shouldNotExceedALimit() {
        SimulatedLink link = link(40);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);
        ours.limit(new WanLimit(500_000, 100, 0));

        link.runUntil(20 * SECOND);

        assertThat(ours.bytes()).isBetween((long) (0.95 * 500_000 * 20), (long) (1.02 * 500_000 * 20));
        assertThat(ours.state().allowance().by()).isEqualTo(Allowance.By.LIMIT);
    }

    @Test
    void shouldTakeAPercentageOfTheLinkThatItMeasured() {
        double slow = 1e6 / 8;
        SimulatedLink link = new SimulatedLink(slow, 40 * MILLI, QUEUE);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);
        link.runUntil(10 * SECOND);
        long before = ours.bytes();
        ours.limit(new WanLimit(WanLimit.NONE, 50, 0));

        // Longer than anything is remembered.
        link.runUntil(800 * SECOND);

        assertThat((ours.bytes() - before) / (0.5 * slow * 790)).isBetween(0.9, 1.1);
    }

    @Test
    void shouldAskForNothingWhileClosed() {
        SimulatedLink link = link(40);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);
        link.runUntil(5 * SECOND);
        ours.limit(new WanLimit(WanLimit.NONE, 0, 0));
        link.runUntil(6 * SECOND);
        long before = ours.bytes();

        link.runUntil(60 * SECOND);

        assertThat(ours.bytes()).isEqualTo(before);
        assertThat(ours.state().allowance().by()).isEqualTo(Allowance.By.HOURS);
    }

    @Test
    void shouldTakeEveryEventInEveryState() {
        WanPath path = WanPath.UNKNOWN.with(new WanEvent.Answered(SECOND, SECOND - 40 * MILLI));
        List<WanState> states = List.of(
                Ramp.from(WanPath.UNKNOWN, SECOND),
                Ramp.again(path, SECOND),
                Steady.from(path, 100_000, SECOND),
                Drain.from(path, 100_000, SECOND),
                Yield.from(path, 0, SECOND));
        for (WanState state : states) {
            for (WanEvent event : events()) {
                WanState next = WanState.apply(state, event);

                assertThat(next.allowance().window())
                        .as("%s after %s", state, event)
                        .isNotNegative();
                assertThat(next.allowance().bytesPerSecond()).isNotNegative();
                assertThat(next.allowance().piece()).isBetween(Allowance.LEAST_PIECE, Allowance.MOST_PIECE);
            }
        }
    }

    private static List<WanEvent> events() {
        return List.of(
                new WanEvent.Answered(2 * SECOND, 2 * SECOND),
                new WanEvent.Answered(2 * SECOND, SECOND),
                new WanEvent.Arrived(2 * SECOND, 1, true),
                new WanEvent.Arrived(SECOND, 1 << 20, false),
                new WanEvent.Failed(2 * SECOND),
                new WanEvent.Limited(2 * SECOND, new WanLimit(0, 100, 0)),
                new WanEvent.Limited(2 * SECOND, new WanLimit(1, 1, 1)),
                new WanEvent.Resumed(90 * SECOND));
    }

    private static SimulatedLink link(long rttMillis) {
        return new SimulatedLink(LINK, rttMillis * MILLI, QUEUE);
    }

    /** Bytes per second in the time before now, which passes first. */
    private static double gained(SimulatedLink link, long nanos, java.util.function.LongSupplier bytes) {
        long before = bytes.getAsLong();
        link.runUntil(link.now() + nanos);
        return (bytes.getAsLong() - before) * 1e9 / nanos;
    }

    private static long solo(long rttMillis) {
        SimulatedLink link = link(rttMillis);
        SimulatedTcp tcp = tcp(link);
        link.runUntil(20 * SECOND);
        return tcp.bytes();
    }

    private static SimulatedTcp tcp(SimulatedLink link) {
        return new SimulatedTcp(link, link.rtt() < 100 * MILLI);
    }

    private static long worstQueueing(SimulatedLink link, long until) {
        long worst = 0;
        while (link.now() < until) {
            link.runUntil(link.now() + 10 * MILLI);
            worst = Math.max(worst, link.queueing());
        }
        return worst;
    }
}
