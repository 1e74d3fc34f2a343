package org.pxemesh.mesh;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What several events in a row ask for, without what a later one of them made pointless. A coordinator that finds fifty
 * introductions in its inbox speaks once, not fifty times to fifty members.
 */
public final class MeshEffects {
    private static final Set<Class<? extends MeshEffect>> LAST_WORD = Set.of(
            MeshEffect.Serve.class, MeshEffect.Publish.class, MeshEffect.Announce.class, MeshEffect.AskView.class);

    private MeshEffects() {}

    /**
     * Whether it may wait until the events at hand are applied. Falling silent, and beginning or ending to be uplink, may
     * not.
     */
    public static boolean mayWait(MeshEffect effect) {
        return switch (effect) {
            case MeshEffect.Serve ignored -> true;
            case MeshEffect.Publish ignored -> true;
            case MeshEffect.Announce ignored -> true;
            case MeshEffect.ReportJoined ignored -> true;
            case MeshEffect.ReportLeft ignored -> true;
            case MeshEffect.RememberTerm ignored -> true;
            case MeshEffect.Silence ignored -> false;
            case MeshEffect.AskView ignored -> false;
            case MeshEffect.Rejoin ignored -> false;
            case MeshEffect.StartUplink ignored -> false;
            case MeshEffect.StopUplink ignored -> false;
            case MeshEffect.FollowUplink ignored -> false;
            case MeshEffect.ProbeHq ignored -> false;
        };
    }

    /** The same in the same order, but of what only the last word counts, the last one. */
    public static List<MeshEffect> condensed(List<MeshEffect> effects) {
        var said = new HashSet<Class<? extends MeshEffect>>();
        var kept = new ArrayList<MeshEffect>();
        for (var effect : effects.reversed()) {
            if (!LAST_WORD.contains(effect.getClass()) || said.add(effect.getClass())) {
                kept.add(effect);
            }
        }
        return kept.reversed();
    }
}
