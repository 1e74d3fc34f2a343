package org.pxemesh.content.wan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no reason to leave a link, and what is, over a simulated one of 20 Mbit/s with a queue of 250 ms. */
class WanFalseAlarmTest {
    private static final double LINK = 20e6 / 8;
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long SEED = 7;

    /** A collection of garbage, a disk that wakes up, a machine with other things to do. */
    @ParameterizedTest
    @ValueSource(longs = {2, 40, 200})
    void shouldNotLeaveForAServerThatStandsStillNowAndThen(long rttMillis) {
        // Given a server that stands still for a third of a second in every five
        SimulatedLink link = link(rttMillis);
        SimulatedReceiver ours = new SimulatedReceiver(link, SEED);
        ours.serverTakes(() -> standsStillFor(link.now(), 5 * SECOND, 350 * MILLI));
        link.runUntil(10 * SECOND);
        long before = ours.bytes();

        // When
        long away = away(link, 40 * SECOND, ours);

        // Then
        assertThat(away).isZero();
        assertThat(ours.bytes() - before).isGreaterThan((long) (0.75 * LINK * 30));
    }

    /** Two uplinks of a site: which of them has how much is another question (decision 015). */
    @ParameterizedTest
    @ValueSource(longs = {2, 40, 200})
    void shouldFillTheLinkTogetherWithAFellow(long rttMillis) {
        // Given
        SimulatedLink link = link(rttMillis);
        SimulatedReceiver first = new SimulatedReceiver(link, SEED);
        link.runUntil(10 * SECOND);
        long before = first.bytes();

        // When the other one begins
        SimulatedReceiver second = new SimulatedReceiver(link, SEED + 1);
        link.runUntil(40 * SECOND);

        // Then
        assertThat(first.bytes() - before + second.bytes()).isGreaterThan((long) (0.92 * LINK * 30));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 40, 200})
    void shouldLeaveForAStrangerAlsoBesideAFellow(long rttMillis) {
        // Given
        SimulatedLink link = link(rttMillis);
        new SimulatedReceiver(link, SEED);
        new SimulatedReceiver(link, SEED + 1);
        link.runUntil(20 * SECOND);

        // When
        SimulatedTcp tcp = new SimulatedTcp(link, rttMillis < 100);
        link.runUntil(40 * SECOND);

        // Then
        assertThat(tcp.bytes()).isGreaterThan((long) (0.93 * solo(rttMillis)));
    }

    private static long solo(long rttMillis) {
        SimulatedLink link = link(rttMillis);
        SimulatedTcp tcp = new SimulatedTcp(link, rttMillis < 100);
        link.runUntil(20 * SECOND);
        return tcp.bytes();
    }

    private static SimulatedLink link(long rttMillis) {
        return new SimulatedLink(LINK, rttMillis * MILLI, 250 * MILLI);
    }

    private static long standsStillFor(long now, long period, long nanos) {
        long number = now / period;
        long from = number * period + new SplittableRandom(SEED + number).nextLong(period - nanos);
        return now >= from && now < from + nanos ? from + nanos - now : 0;
    }

    /** For how long it let others by until then, nanoseconds. */
    private static long away(SimulatedLink link, long until, SimulatedReceiver ours) {
        long away = 0;
        while (link.now() < until) {
            link.runUntil(link.now() + 10 * MILLI);
            away += ours.state() instanceof Yield ? 10 * MILLI : 0;
        }
        return away;
    }
}
