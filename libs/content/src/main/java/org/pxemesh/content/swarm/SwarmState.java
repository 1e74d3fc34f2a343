package org.pxemesh.content.swarm;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a peer has gathered one package.
 *
 * <pre>
 *              ChunkStored (the last one)
 *   Gathering ----------------------------> Holding
 *             &lt;----------------------------
 *                       ChunkLost
 * </pre>
 */
public sealed interface SwarmState permits Gathering, Holding {

    SwarmJob job();

    /** Chunks that are verified and on disk. */
    Holdings held();

    Sources sources();

    /** Whether a chunk was asked of a source and is still to come from it. */
    default boolean awaits(Source source, int chunk) {
        return false;
    }

    /** Where a peer begins, with what it found on its disk. */
    static SwarmStep begin(SwarmJob job, Holdings found) {
        if (found.size() != job.index().size()) {
            throw new IllegalArgumentException("holdings of " + found.size() + " chunks for a package of "
                    + job.index().size());
        }
        List<SwarmEffect> effects = new ArrayList<>();
        if (found.count() > 0 || found.isComplete()) {
            effects.add(new SwarmEffect.Announce(found));
        }
        if (found.isComplete()) {
            effects.add(new SwarmEffect.Completed(job.packageId()));
            return new SwarmStep(new Holding(job, Sources.NONE), effects);
        }
        return new SwarmStep(Gathering.with(job, found, Sources.NONE), effects);
    }

    /** The one entrance: what becomes of a state by an event. */
    static SwarmStep apply(SwarmState state, SwarmEvent event) {
        return switch (state) {
            case Gathering gathering -> gathering.on(event);
            case Holding holding -> holding.on(event);
        };
    }
}
