package org.pxemesh.agent.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.pxemesh.agent.mesh.MeshMessage.ChunksTold;

/** Tells the neighbours of new chunks, several in one message where nobody waits for one. Confined to the swarm's thread. */
final class Announcer {
    private static final long GATHER_MILLIS = 10;

    /** Whoever is new is told all that is here; of those who come within this time all hear it at once. */
    private static final long ALL_AGAIN_MILLIS = 200;

    private final SwarmThread thread;
    private final Neighbourhood neighbourhood;
    private final Map<PackageJob, List<Integer>> unsaid = new LinkedHashMap<>();
    private final Set<PackageJob> newcomers = new HashSet<>();
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

    /**
     * Somebody is new and wants to hear all of it.
     *
     * @param tell tells everybody what is here then
     */
    void all(PackageJob job, Runnable tell) {
        var waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - job.saidAllNanos);
        if (waited >= ALL_AGAIN_MILLIS) {
            tell.run();
        } else if (newcomers.add(job)) {
            thread.later(
                    () -> {
                        if (newcomers.remove(job)) {
                            tell.run();
                        }
                    },
                    ALL_AGAIN_MILLIS - waited);
        }
    }

    /** All of it was told otherwise. */
    void saidAll(PackageJob job) {
        unsaid.remove(job);
        newcomers.remove(job);
        job.saidAllNanos = System.nanoTime();
    }

    private void flush() {
        scheduled = false;
        unsaid.forEach((job, chunks) ->
                neighbourhood.tell(new ChunksTold(job.ref(), job.pkg.manifestSha256(), List.copyOf(chunks))));
        unsaid.clear();
    }
}
