package org.pxemesh.events;

import java.util.List;
import java.util.Objects;

/**
 * A boot client got no answer; all reasons are told, not the first alone.
 *
 * @param boot which boot, where, told by whom
 * @param reasons stable names
 * @param count equal cases within 10 minutes
 */
public record BootIgnored(BootRef boot, List<String> reasons, int count) implements Event {
    public BootIgnored {
        reasons = List.copyOf(Objects.requireNonNull(reasons, "reasons is missing"));
    }
}
