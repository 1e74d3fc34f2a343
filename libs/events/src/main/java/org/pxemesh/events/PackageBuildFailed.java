package org.pxemesh.events;

import java.util.UUID;

/**
 * A package build ended without a package.
 *
 * @param buildId the build
 * @param name of the package
 * @param version of this build
 * @param reason what was wrong, where, and what to do
 */
public record PackageBuildFailed(UUID buildId, String name, String version, String reason) implements Event {}
