package org.pxemesh.mesh;

import java.util.ArrayList;
import java.util.List;

/** A state and what entering it asks for, in this order. */
public record Transition(MeshState state, List<MeshEffect> effects) {
    public Transition {
        effects = List.copyOf(effects);
    }

    static Transition to(MeshState state, MeshEffect... effects) {
        return new Transition(state, List.of(effects));
    }

    /** The same with an effect before its own. */
    Transition after(MeshEffect first) {
        var all = new ArrayList<MeshEffect>(List.of(first));
        all.addAll(effects);
        return new Transition(state, all);
    }

    /** The same with an effect after its own. */
    Transition and(MeshEffect last) {
        return withEffects(List.of(last));
    }

    Transition withEffects(List<MeshEffect> more) {
        var all = new ArrayList<>(effects);
        all.addAll(more);
        return new Transition(state, all);
    }
}
