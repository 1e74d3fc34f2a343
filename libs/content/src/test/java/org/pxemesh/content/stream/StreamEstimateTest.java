package org.pxemesh.content.stream;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StreamEstimateTest {

    private static final int MB = 1_000_000;
    private static final int CHUNK = 512 * 1024;

    @Test
    void shouldLetAClientBeginWhenAllIsHere() {
        assertThat(judge(60 * MB, 60 * MB, 0, 1)).isEqualTo(new StreamVerdict.Now());
    }

    @Test
    void shouldLetASlowClientBeginThatNeverReachesTheEndOfWhatIsHere() {
        // Given 10 of 60 MB, a line that brings 4 MB a second, and a client that takes as much
        assertThat(judge(60 * MB, 10 * MB, 4 * MB, 4 * MB).isNow()).isTrue();
    }

    @Test
    void shouldLetAFastClientBeginWhenChunksComeOftenerThanItsPatienceEnds() {
        // Given nothing yet, and 2.5 MB a second: a chunk takes 0.2 s
        assertThat(judge(60 * MB, 0, 5 * MB / 2, 100 * MB).isNow()).isTrue();
    }

    @Test
    void shouldLetNobodyBeginWhereAChunkMayTakeMoreThanHalfOfThePatience() {
        // Given 100 kB a second: a chunk takes 5 s of the 8
        StreamVerdict verdict = judge(60 * MB, 30 * MB, 100_000, 6 * MB);

        assertThat(verdict).isInstanceOfSatisfying(StreamVerdict.Later.class, later -> {
            assertThat(later.millis()).isBetween(290_000L, 310_000L);
            assertThat(later.words()).contains("30000000 of 60000000 bytes are missing");
        });
    }

    @Test
    void shouldMakeNobodyWaitForMinutesInTheMiddleOfABoot() {
        // Given 500 kB a second, which is steady, and 100 MB to come: 200 s
        StreamVerdict verdict = judge(100 * MB, 0, 500_000, 100 * MB);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        StreamVerdict.Later.class,
                        later -> assertThat(later.millis()).isEqualTo(20_000));
    }

    @Test
    void shouldSayThatNobodyKnowsWhenNothingArrives() {
        assertThat(judge(60 * MB, 59 * MB, 0, 1)).isInstanceOf(StreamVerdict.No.class);
        assertThat(judge(60 * MB, 59 * MB, 0, 1).words()).contains("nothing says how fast");
    }

    @Property
    void shouldNeverLetAClientStarveThatIsLetIn(
            @ForAll @IntRange(min = 1, max = 400) int chunks,
            @ForAll @IntRange(min = 0, max = 400) int here,
            @ForAll @LongRange(min = 1_000, max = 20_000_000) long arrival,
            @ForAll @LongRange(min = 1_000, max = 200_000_000) long reading) {
        // Given a file of equal chunks of which the first ones are here
        int held = Math.min(here, chunks);
        StreamQuestion asked =
                new StreamQuestion((long) chunks * CHUNK, (long) held * CHUNK, CHUNK, arrival, reading, 8_000);
        if (!StreamEstimate.judge(asked).isNow()) {
            return;
        }

        // When the rest arrives as was counted on, and the client reads as fast as it can
        double clock = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            double there = chunk < held ? 0 : (double) (chunk - held + 1) * CHUNK / arrival;
            // Then it never waits longer than its firmware does
            assertThat(there - clock).isLessThanOrEqualTo(8.0);
            clock = Math.max(clock, there) + (double) CHUNK / reading;
        }
    }

    @Property
    void shouldLetInWhoeverComesBackAfterTheTimeThatItNamed(
            @ForAll @IntRange(min = 1, max = 400) int chunks,
            @ForAll @LongRange(min = 1_000, max = 20_000_000) long arrival,
            @ForAll @LongRange(min = 1_000, max = 200_000_000) long reading) {
        long size = (long) chunks * CHUNK;

        if (judge(size, 0, arrival, reading) instanceof StreamVerdict.Later(long millis, String reason)) {
            // A millisecond more: what is counted in whole ones was rounded
            long then = Math.min(size, (millis + 1) * arrival / 1000 + 1);
            assertThat(judge(size, then, arrival, reading).isNow()).as(reason).isTrue();
        }
    }

    private static StreamVerdict judge(long bytes, long prefix, long arrival, long reading) {
        return StreamEstimate.judge(new StreamQuestion(bytes, prefix, CHUNK, arrival, reading, 8_000));
    }
}
