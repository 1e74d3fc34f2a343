package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pxemesh.agent.boot.IgnoredTally.Case;
import org.pxemesh.agent.boot.IgnoredTally.Told;

class IgnoredTallyTest {

    private static final Case CASE = new Case("52:54:00:00:00:01", List.of("NO_DEPLOYMENT"));

    private final IgnoredTally tally = new IgnoredTally();

    @Test
    void shouldTellTheFirstAtOnceAndTheRestAsOne() {
        assertThat(tally.add(CASE, 0)).containsExactly(new Told(CASE, 1));
        assertThat(tally.add(CASE, 4_000)).isEmpty();
        assertThat(tally.add(CASE, 8_000)).isEmpty();

        assertThat(tally.flush(IgnoredTally.WINDOW_MILLIS)).containsExactly(new Told(CASE, 2));
    }

    @Test
    void shouldTellOtherReasonsApart() {
        tally.add(CASE, 0);
        Case other = new Case(CASE.mac(), List.of("EPOCH_EXPIRED"));

        assertThat(tally.add(other, 1)).containsExactly(new Told(other, 1));
    }

    @Test
    void shouldTellAgainAfterTheWindow() {
        tally.add(CASE, 0);

        assertThat(tally.add(CASE, IgnoredTally.WINDOW_MILLIS)).containsExactly(new Told(CASE, 1));
    }
}
