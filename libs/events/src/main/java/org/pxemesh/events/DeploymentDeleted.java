package org.pxemesh.events;

import java.util.UUID;

/**
 * A deployment was deleted; a tombstone follows after 30 days.
 *
 * @param id the deployment
 * @param revision the last one, plus one
 */
public record DeploymentDeleted(UUID id, long revision) implements Event {}
