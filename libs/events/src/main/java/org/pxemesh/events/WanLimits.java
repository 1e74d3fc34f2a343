package org.pxemesh.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What content transfers may take of a site's WAN link. The lower of rate and percentage counts.
 *
 * @param kbitPerSecond hard limit in kbit/s, 0 = no limit
 * @param percentOfLink share of the link in percent, 1 to 100
 * @param linkKbitPerSecond the link's rate in kbit/s that the percentages are of, 0 = what the uplinks measure
 * @param timeZone of the hours, as the IANA names it, for example {@code Europe/Paris}; UTC when it is missing
 * @param hours when other limits hold; the first that fits the moment counts, outside of all the limits above
 */
public record WanLimits(
        int kbitPerSecond,
        int percentOfLink,
        int linkKbitPerSecond,
        @Nullable String timeZone,
        @Nullable List<WanHours> hours) {

    /** Nothing is limited at any time. */
    public static final WanLimits NONE = new WanLimits(0, 100);

    public WanLimits {
        timeZone = timeZone == null ? "UTC" : timeZone;
        hours = hours == null ? List.of() : List.copyOf(hours);
    }

    /** The same limits at all hours, of the link as it is measured. */
    public WanLimits(int kbitPerSecond, int percentOfLink) {
        this(kbitPerSecond, percentOfLink, 0, null, null);
    }
}
