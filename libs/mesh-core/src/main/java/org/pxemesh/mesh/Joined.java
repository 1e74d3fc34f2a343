package org.pxemesh.mesh;

import org.pxemesh.mesh.PeerFacts.HqReach;

/** A peer with a fresh view. */
sealed interface Joined extends MeshState permits Member, Coordinator {
    /** How often a peer tries HQ while its uplink cannot reach it. */
    long PROBE_EVERY_MILLIS = 30_000;

    /** Enters a view that this peer is in, as its coordinator or as a member. */
    static Transition enter(Knowledge known, MeshView view, Moment now) {
        var limited = known.limitedTo(view);
        if (view.isCoordinator(limited.self().id())) {
            return Coordinator.enter(limited.withoutEarly(), view, now);
        }
        var member = Transition.to(
                new Member(limited.withoutEarly(), view),
                new MeshEffect.Serve(limited.directory().inputs(view)));
        return limited.early()
                .filter(kept -> kept.directory().viewId() == view.id())
                .map(kept -> member.state().apply(kept, now))
                .map(followed -> new Transition(followed.state(), member.effects()).withEffects(followed.effects()))
                .orElse(member);
    }

    @Override
    default boolean vouches() {
        return true;
    }

    @Override
    default RankingInputs inputs() {
        return known().directory().inputs(view());
    }

    /** Another view: on a merge and under a new coordinator everybody introduces itself again. */
    default Transition onView(MeshView next, Moment now) {
        if (next.id() <= view().id()) {
            return Transition.to(this);
        }
        if (!next.has(known().self().id())) {
            return Mute.rejoin(known(), now);
        }
        var entered = enter(known(), next, now);
        return next.merged() || !next.isCoordinator(view().members().getFirst())
                ? entered.after(known().announcement())
                : entered;
    }

    default Transition onClockGap(long millis, Moment now) {
        return Mute.afterGap(known(), view(), millis, now);
    }

    /** A new carrier may be another network: even a link that comes up asks for a fresh view. */
    default Transition onLink(boolean up, Moment now) {
        return up ? Mute.rejoin(known(), now) : Mute.linkDown(known(), now);
    }

    default boolean shouldProbe(Moment now) {
        return !known().isUplink()
                && now.isPast(known().probedAt(), PROBE_EVERY_MILLIS)
                && known().uplinkFacts()
                        .filter(facts -> facts.hq() == HqReach.UNREACHABLE)
                        .isPresent();
    }
}
