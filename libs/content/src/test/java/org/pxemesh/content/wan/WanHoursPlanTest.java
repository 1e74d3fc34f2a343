package org.pxemesh.content.wan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.WanHours;
import org.pxemesh.events.WanLimits;

class WanHoursPlanTest {
    private static final WanHours OFFICE =
            new WanHours(List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), "08:00", "18:00", true, 0, 0);
    private static final WanHours NIGHT = new WanHours(List.of(DayOfWeek.FRIDAY), "22:00", "06:00", false, 0, 90);

    // 2026-11-20 is a Friday; Paris is one hour ahead of UTC then.

    @Test
    void shouldTakeTheGeneralLimitsOutsideOfAllHours() {
        assertThat(at("2026-11-20T19:00:00Z")).isEqualTo(new WanLimit(8_000 * 125, 50, 20_000 * 125));
        assertThat(at("2026-11-19T10:00:00Z")).isEqualTo(new WanLimit(8_000 * 125, 50, 20_000 * 125));
    }

    @Test
    void shouldCloseInTheSitesOwnTime() {
        assertThat(at("2026-11-20T06:59:59Z").isClosed()).isFalse();
        assertThat(at("2026-11-20T07:00:00Z").isClosed()).isTrue();
        assertThat(at("2026-11-20T16:59:59Z").isClosed()).isTrue();
        assertThat(at("2026-11-20T17:00:00Z").isClosed()).isFalse();
    }

    @Test
    void shouldCarryHoursPastMidnight() {
        WanLimit night = new WanLimit(WanLimit.NONE, 90, 20_000 * 125);
        assertThat(at("2026-11-20T21:00:00Z")).isEqualTo(night);
        assertThat(at("2026-11-21T04:59:00Z")).isEqualTo(night);
        assertThat(at("2026-11-21T05:00:00Z")).isNotEqualTo(night);
        assertThat(at("2026-11-20T04:59:00Z")).isNotEqualTo(night);
    }

    @Test
    void shouldHoldAllDayWhenBothEndsAreTheSame() {
        WanLimits always = new WanLimits(0, 100, 0, null, List.of(new WanHours(null, "00:00", "00:00", true, 0, 0)));

        assertThat(WanHoursPlan.at(always, Instant.parse("2026-11-20T13:00:00Z"))
                        .isClosed())
                .isTrue();
    }

    @Test
    void shouldTakeTheFirstHoursThatFit() {
        WanLimits both =
                new WanLimits(0, 100, 0, null, List.of(new WanHours(null, "10:00", "12:00", false, 64, 100), OFFICE));

        assertThat(WanHoursPlan.at(both, Instant.parse("2026-11-20T11:00:00Z")).bytesPerSecond())
                .isEqualTo(8_000);
    }

    @Test
    void shouldLeaveOutWhatCannotBeRead() {
        WanLimits odd = new WanLimits(0, 0, -1, "Mars/Base", List.of(new WanHours(null, "noon", "late", true, 0, 0)));

        assertThat(WanHoursPlan.at(odd, Instant.parse("2026-11-20T11:00:00Z")).isClosed())
                .isFalse();
    }

    @Test
    void shouldNotLimitWithoutLimits() {
        assertThat(WanHoursPlan.at(WanLimits.NONE, Instant.EPOCH)).isEqualTo(WanLimit.UNLIMITED);
    }

    private static WanLimit at(String instant) {
        return WanHoursPlan.at(
                new WanLimits(8_000, 50, 20_000, "Europe/Paris", List.of(OFFICE, NIGHT)), Instant.parse(instant));
    }
}
