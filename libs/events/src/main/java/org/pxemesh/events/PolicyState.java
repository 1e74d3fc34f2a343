package org.pxemesh.events;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A policy: how the peers in its target collections behave.
 *
 * @param id the policy
 * @param revision grows by one with each write, from 1
 * @param name unique, shown to people
 * @param enabled whether peers act on it
 * @param mode answer or observe
 * @param collections the peers it is for
 * @param unknownComputers what to do with strangers
 * @param hold what its peers hold
 */
public record PolicyState(
        UUID id,
        long revision,
        String name,
        boolean enabled,
        PolicyMode mode,
        List<UUID> collections,
        UnknownComputers unknownComputers,
        Holding hold) {
    public PolicyState {
        collections = List.copyOf(Objects.requireNonNull(collections, "collections is missing"));
    }
}
