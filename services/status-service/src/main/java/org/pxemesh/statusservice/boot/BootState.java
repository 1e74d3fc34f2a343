package org.pxemesh.statusservice.boot;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BootCompleted;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.BootFailed;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.BootOffered;
import org.pxemesh.events.BootRequested;
import org.pxemesh.events.Event;
import org.pxemesh.events.FileServed;

/**
 * How far a boot has come. A boot only moves to a later state of this order, so that events of several peers may come in any
 * order: one that ignores a client does not undo another's offer, and a system that checks in late has booted all the same.
 */
public enum BootState {
    REQUESTED(0),
    IGNORED(1),
    OFFERED(2),
    LOADING(3),
    DELIVERED(4),
    FAILED(5),
    COMPLETED(6);

    private final int rank;

    BootState(int rank) {
        this.rank = rank;
    }

    /** Place in the order; it stands in the database beside the name. */
    int rank() {
        return rank;
    }

    static @Nullable BootState after(Event event) {
        return switch (event) {
            case BootRequested ignored -> REQUESTED;
            case BootIgnored ignored -> IGNORED;
            case BootOffered ignored -> OFFERED;
            case FileServed ignored -> LOADING;
            case BootDelivered ignored -> DELIVERED;
            case BootFailed ignored -> FAILED;
            case BootCompleted ignored -> COMPLETED;
            default -> null;
        };
    }

    /** The name in REST. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<BootState> parse(String text) {
        return Arrays.stream(values())
                .filter(state -> state.id().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
