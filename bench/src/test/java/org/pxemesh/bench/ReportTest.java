package org.pxemesh.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void shouldNotBeOkWhenNothingWasJudged() {
        assertThat(new Report("nothing").isOk()).isFalse();
    }

    @Test
    void shouldBeOkWhenEveryBudgetIsKeptToItsBound() {
        Report report = new Report("some");

        report.atLeast("share", 0.95, 0.95);
        report.atMost("delay_ms", 30, 30);

        assertThat(report.isOk()).isTrue();
    }

    @Test
    void shouldNotBeOkWhenOneBudgetIsBroken() {
        Report report = new Report("some");

        report.atLeast("share", 0.94, 0.95);
        report.atMost("delay_ms", 3, 30);

        assertThat(report.isOk()).isFalse();
    }

    @Test
    void shouldNotBeOkAfterAFailure() {
        Report report = new Report("some");
        report.atLeast("share", 1, 0.95);

        report.failed("the relay ended");

        assertThat(report.isOk()).isFalse();
    }
}
