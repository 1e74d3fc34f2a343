package org.pxemesh.content.wan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WanLimitTest {

    @Test
    void shouldTakeTheLowerOfRateAndPercentage() {
        assertThat(new WanLimit(1_000, 50, 10_000).on(0)).isEqualTo(1_000);
        assertThat(new WanLimit(9_000, 50, 10_000).on(0)).isEqualTo(5_000);
    }

    @Test
    void shouldPreferTheConfiguredLinkToTheMeasuredOne() {
        assertThat(new WanLimit(WanLimit.NONE, 50, 10_000).on(400)).isEqualTo(5_000);
        assertThat(new WanLimit(WanLimit.NONE, 50, 0).on(400)).isEqualTo(200);
    }

    @Test
    void shouldNotLimitByAPercentageOfALinkThatNobodyKnows() {
        assertThat(new WanLimit(WanLimit.NONE, 50, 0).on(0)).isEqualTo(WanLimit.NONE);
        assertThat(WanLimit.UNLIMITED.on(10_000)).isEqualTo(WanLimit.NONE);
    }

    @Test
    void shouldBeClosedByNothingOfEither() {
        assertThat(new WanLimit(0, 100, 0).isClosed()).isTrue();
        assertThat(new WanLimit(WanLimit.NONE, 0, 0).on(10_000)).isZero();
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WanLimit(-1, 100, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new WanLimit(1, 101, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new WanLimit(1, 100, -1));
    }
}
