package org.pxemesh.events;

import java.util.List;
import java.util.Objects;

/**
 * What the peers of a policy hold.
 *
 * @param kind how the packages are found
 * @param packages {@code name@version}, for {@link HoldKind#LISTED} alone
 * @param holdersPerSegment how many peers of a segment hold it, 0 = all
 */
public record Holding(HoldKind kind, List<String> packages, int holdersPerSegment) {
    public Holding {
        packages = List.copyOf(Objects.requireNonNull(packages, "packages is missing"));
    }
}
