package org.pxemesh.events;

/**
 * A deployment was made or changed.
 *
 * @param deployment the whole state
 */
public record DeploymentChanged(DeploymentState deployment) implements Event {}
