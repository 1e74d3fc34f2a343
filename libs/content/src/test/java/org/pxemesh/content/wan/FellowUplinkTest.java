package org.pxemesh.content.wan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FellowUplinkTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    @Test
    void shouldHaveAllOfTheLimitWhileNobodyElseFetches() {
        assertThat(FellowUplink.parts(List.of())).isEqualTo(1);
        assertThat(FellowUplink.parts(List.of(new FellowUplink(ONE, true, false, true))))
                .isEqualTo(1);
    }

    @Test
    void shouldDivideByThoseThatFetch() {
        assertThat(FellowUplink.parts(
                        List.of(new FellowUplink(ONE, true, true, true), new FellowUplink(OTHER, true, true, false))))
                .isEqualTo(3);
    }

    @Test
    void shouldCountAPeerOfSeveralSegmentsOnce() {
        assertThat(FellowUplink.parts(
                        List.of(new FellowUplink(ONE, true, true, true), new FellowUplink(ONE, true, true, true))))
                .isEqualTo(2);
    }

    @Test
    void shouldCountOneThatIsCutOffButNotOneThatIsOff() {
        assertThat(FellowUplink.parts(List.of(
                        new FellowUplink(ONE, false, false, true), new FellowUplink(OTHER, false, true, false))))
                .isEqualTo(2);
    }

    @Test
    void shouldGiveEachPartOfBothKindsOfLimit() {
        assertThat(new WanLimit(900, 100, 0).among(3).on(0)).isEqualTo(300);
        assertThat(new WanLimit(WanLimit.NONE, 50, 1_000).among(2).on(0)).isEqualTo(250);
        assertThat(new WanLimit(1, 100, 0).among(3).on(0)).isEqualTo(1);
        assertThat(WanLimit.UNLIMITED.among(3).on(1_000)).isEqualTo(WanLimit.NONE);
        assertThat(new WanLimit(0, 0, 0).among(3).on(1_000)).isZero();
    }
}
