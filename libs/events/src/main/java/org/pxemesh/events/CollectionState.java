package org.pxemesh.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A collection: a named set of computers.
 *
 * @param id the collection
 * @param revision grows by one with each write, from 1
 * @param name unique, shown to people
 * @param kind how its members are found
 * @param rule the rule over labels, for {@link CollectionKind#RULE} alone
 */
public record CollectionState(
        UUID id,
        long revision,
        String name,
        CollectionKind kind,
        @Nullable String rule) {}
