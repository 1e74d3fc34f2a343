package org.pxemesh.events;

import java.util.UUID;

/**
 * A policy was deleted; a tombstone follows after 30 days.
 *
 * @param id the policy
 * @param revision the last one, plus one
 */
public record PolicyDeleted(UUID id, long revision) implements Event {}
