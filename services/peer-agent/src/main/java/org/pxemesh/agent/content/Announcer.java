package org.pxemesh.agent.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pxemesh.agent.mesh.MeshMessage.ChunksTold;

/** Tells the neighbours of new chunks, several in one message where nobody waits for one. Confined to the swarm's thread. */
final class Announcer {
    private static final long GATHER_MILLIS = 10;

    private final SwarmThread thread;
    private final Neighbourhood neighbourhood;
    private final Map<PackageJob, List<Integer>> unsaid = new LinkedHashMap<>();
    private boolean scheduled;

    Announcer(SwarmThread thread, Neighbourhood neighbourhood) {
        this.thread = thread;
        this.neighbourhood = neighbourhood;
    }

    void gained(PackageJob job, int chunk, boolean urgent) {
        unsaid.computeIfAbsent(job, key -> new ArrayList<>()).add(chunk);
        if (urgent) {
            flush();
        } else if (!scheduled) {
            scheduled = true;
            thread.later(this::flush, GATHER_MILLIS);
        }
    }

    /** All of it was told otherwise. */
    void saidAll(PackageJob job) {
        unsaid.remove(job);
    }

    private void flush() {
        scheduled = false;
        unsaid.forEach((job, chunks) ->
                neighbourhood.tell(new ChunksTold(job.ref(), job.pkg.manifestSha256(), List.copyOf(chunks))));
        unsaid.clear();
    }
}
