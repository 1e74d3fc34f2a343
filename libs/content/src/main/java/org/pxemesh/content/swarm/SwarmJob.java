package org.pxemesh.content.swarm;

import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.PackageId;

/**
 * What does not change while a package is gathered.
 *
 * @param packageId what
 * @param index its chunks
 * @param limits what may be under way
 * @param seed orders equally rare chunks; different on each peer, so that peers fetch different chunks and can swap
 */
public record SwarmJob(PackageId packageId, ChunkIndex index, SwarmLimits limits, long seed) {}
