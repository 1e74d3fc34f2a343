package org.pxemesh.content.wan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.pxemesh.events.WanHours;
import org.pxemesh.events.WanLimits;

/** Which of a site's limits holds at a moment. */
public final class WanHoursPlan {
    private static final long BYTES_PER_KBIT = 125;

    private WanHoursPlan() {}

    /** HQ has checked the record; of one that an older HQ did not check, what cannot be read is left out. */
    public static WanLimit at(WanLimits limits, Instant now) {
        LocalDateTime local = LocalDateTime.ofInstant(now, zone(limits));
        for (WanHours hours : Objects.requireNonNullElse(limits.hours(), List.<WanHours>of())) {
            if (contains(hours, local)) {
                return hours.closed()
                        ? new WanLimit(0, 0, 0)
                        : limit(hours.kbitPerSecond(), hours.percentOfLink(), limits.linkKbitPerSecond());
            }
        }
        return limit(limits.kbitPerSecond(), limits.percentOfLink(), limits.linkKbitPerSecond());
    }

    private static WanLimit limit(int kbit, int percent, int linkKbit) {
        return new WanLimit(
                kbit <= 0 ? WanLimit.NONE : kbit * BYTES_PER_KBIT,
                Math.clamp(percent, 1, 100),
                Math.max(0, linkKbit) * BYTES_PER_KBIT);
    }

    private static ZoneId zone(WanLimits limits) {
        try {
            return ZoneId.of(Objects.requireNonNullElse(limits.timeZone(), "UTC"));
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** Hours that pass midnight belong to the day on which they begin. */
    private static boolean contains(WanHours hours, LocalDateTime local) {
        LocalTime from;
        LocalTime to;
        try {
            from = LocalTime.parse(hours.from());
            to = LocalTime.parse(hours.to());
        } catch (DateTimeException e) {
            return false;
        }
        LocalTime time = local.toLocalTime();
        if (from.isBefore(to)) {
            return begins(hours, local) && !time.isBefore(from) && time.isBefore(to);
        }
        return begins(hours, local) && !time.isBefore(from) || begins(hours, local.minusDays(1)) && time.isBefore(to);
    }

    private static boolean begins(WanHours hours, LocalDateTime local) {
        var days = Objects.requireNonNullElse(hours.days(), List.of());
        return days.isEmpty() || days.contains(local.getDayOfWeek());
    }
}
