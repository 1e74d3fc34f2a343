package org.pxemesh.events;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the peers of a policy hold, and how fast they hand it on.
 *
 * @param kind how the packages are found
 * @param packages {@code name@version}, for {@link HoldKind#LISTED} alone
 * @param holdersPerSegment how many peers of a segment hold it, 0 = all
 * @param uploadBytesPerSecond what each peer gives its neighbours at most, per segment, in bytes per second, from
 *     {@value #MIN_UPLOAD}; null = as much as they ask for. Boot clients are not held back
 */
public record Holding(
        HoldKind kind,
        List<String> packages,
        int holdersPerSegment,
        @Nullable Long uploadBytesPerSecond) {

    /** How many hold a package where a policy wants some peers of a segment and does not say how many. */
    public static final int SOME_HOLDERS = 5;

    /** The longest chunk takes 8 s at this rate; neighbours wait 10 s for one. */
    public static final long MIN_UPLOAD = 65_536;

    public Holding {
        packages = List.copyOf(Objects.requireNonNull(packages, "packages is missing"));
    }

    /** Without a bound on what neighbours get. */
    public Holding(HoldKind kind, List<String> packages, int holdersPerSegment) {
        this(kind, packages, holdersPerSegment, null);
    }
}
