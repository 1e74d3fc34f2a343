package org.pxemesh.policyservice.site;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.WanHours;
import org.pxemesh.events.WanLimits;
import org.pxemesh.policyservice.desk.Checks;

/** Judges a site's WAN limits: agents act on them unseen. */
final class WanChecks {
    private static final int MAX_HOURS = 50;
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    private WanChecks() {}

    static void judge(Checks checks, WanLimits limits) {
        rate(checks, "wan.kbitPerSecond", limits.kbitPerSecond(), "no limit");
        rate(checks, "wan.linkKbitPerSecond", limits.linkKbitPerSecond(), "as measured");
        percent(checks, "wan.percentOfLink", limits.percentOfLink());
        try {
            ZoneId.of(String.valueOf(limits.timeZone()));
        } catch (DateTimeException e) {
            checks.wrong("wan.timeZone", "must be a time zone's name, for example Europe/Paris");
        }
        checks.each(limits.hours(), "wan.hours", MAX_HOURS, (place, hours) -> hours(checks, place, hours));
    }

    private static void hours(Checks checks, String place, WanHours hours) {
        time(checks, place + ".from", hours.from());
        time(checks, place + ".to", hours.to());
        rate(checks, place + ".kbitPerSecond", hours.kbitPerSecond(), "no limit");
        if (!hours.closed()) {
            percent(checks, place + ".percentOfLink", hours.percentOfLink());
        }
    }

    private static void rate(Checks checks, String field, int kbit, String zero) {
        checks.that(kbit >= 0, field, "must be 0 (" + zero + ") or more");
    }

    private static void percent(Checks checks, String field, int percent) {
        checks.that(percent >= 1 && percent <= 100, field, "must be 1 to 100");
    }

    private static void time(Checks checks, String field, @Nullable String time) {
        checks.that(time != null && TIME.matcher(time).matches(), field, "must be a time of the day, 00:00 to 23:59");
    }
}
