package org.pxemesh.content.swarm;

import java.util.UUID;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.PackageId;

/**
 * What does not change while a package is gathered.
 *
 * @param packageId what
 * @param index its chunks
 * @param limits what may be under way
 * @param self this peer; it orders equally rare chunks too, so that peers fetch different chunks and can swap
 */
public record SwarmJob(PackageId packageId, ChunkIndex index, SwarmLimits limits, UUID self) {

    long seed() {
        return Owners.mix(self.getMostSignificantBits() ^ Owners.mix(self.getLeastSignificantBits()));
    }
}
