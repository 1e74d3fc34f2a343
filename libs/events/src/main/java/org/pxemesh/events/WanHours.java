package org.pxemesh.events;

import java.time.DayOfWeek;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hours of the week with limits of their own, in the site's time zone.
 *
 * @param days on which they begin; none = every day
 * @param from local time {@code HH:mm}
 * @param to local time {@code HH:mm}; not later than {@code from} = on the next day
 * @param closed whether no content may come at all; then the limits do not matter
 * @param kbitPerSecond hard limit in kbit/s, 0 = no limit
 * @param percentOfLink share of the link in percent, 1 to 100; of no meaning when closed
 */
public record WanHours(
        @Nullable List<DayOfWeek> days, String from, String to, boolean closed, int kbitPerSecond, int percentOfLink) {
    public WanHours {
        days = days == null ? List.of() : List.copyOf(days);
    }
}
