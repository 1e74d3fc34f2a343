package org.pxemesh.content.swarm;

import java.util.List;

/**
 * The outcome of one event.
 *
 * @param state what is true now
 * @param effects what to do, in order
 */
public record SwarmStep(SwarmState state, List<SwarmEffect> effects) {

    public SwarmStep {
        effects = List.copyOf(effects);
    }
}
