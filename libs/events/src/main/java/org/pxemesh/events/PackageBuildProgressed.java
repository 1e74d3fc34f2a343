package org.pxemesh.events;

import java.util.UUID;

/**
 * A package build works.
 *
 * @param buildId the build
 * @param name of the package
 * @param version of this build
 * @param stage what it does now
 * @param filesDone so far
 * @param files in all
 * @param bytesDone so far
 * @param bytes in all
 */
public record PackageBuildProgressed(
        UUID buildId, String name, String version, String stage, int filesDone, int files, long bytesDone, long bytes)
        implements Event {}
