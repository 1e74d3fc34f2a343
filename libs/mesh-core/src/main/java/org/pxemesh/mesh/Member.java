package org.pxemesh.mesh;

import org.pxemesh.mesh.MeshEvent.ChannelLost;
import org.pxemesh.mesh.MeshEvent.ClockGap;
import org.pxemesh.mesh.MeshEvent.DirectoryReceived;
import org.pxemesh.mesh.MeshEvent.HqReachable;
import org.pxemesh.mesh.MeshEvent.HqUnreachable;
import org.pxemesh.mesh.MeshEvent.LinkChanged;
import org.pxemesh.mesh.MeshEvent.OwnFactsChanged;
import org.pxemesh.mesh.MeshEvent.PeerFactsChanged;
import org.pxemesh.mesh.MeshEvent.Tick;
import org.pxemesh.mesh.MeshEvent.ViewChanged;
import org.pxemesh.mesh.MeshEvent.ViewConfirmed;
import org.pxemesh.mesh.PeerFacts.HqReach;

/** A peer that follows another one's directory. */
record Member(Knowledge known, MeshView view) implements Joined {
    @Override
    public Transition apply(MeshEvent event, Moment now) {
        return switch (event) {
            case ViewChanged(var next) -> onView(next, now);
            case ViewConfirmed ignored -> Transition.to(this);
            case PeerFactsChanged(var facts, var uplink) ->
                view.has(facts.id())
                        ? Transition.to(new Member(known.with(facts).heardOf(uplink), view))
                        : Transition.to(this);
            case OwnFactsChanged(var facts) ->
                announcing(known.with(facts.withHq(known.self().hq())));
            case HqReachable() -> announcing(known.withHq(HqReach.REACHABLE));
            case HqUnreachable() -> announcing(known.withHq(HqReach.UNREACHABLE));
            case DirectoryReceived received -> onDirectory(received, now);
            case ClockGap(var millis) -> onClockGap(millis, now);
            case LinkChanged(var up) -> onLink(up, now);
            case ChannelLost ignored -> Mute.lost(known, now);
            case Tick() -> probing(Transition.to(this), now);
        };
    }

    private Transition announcing(Knowledge changed) {
        return changed.self().equals(known.self())
                ? Transition.to(this)
                : Transition.to(new Member(changed, view), changed.announcement());
    }

    private Transition onDirectory(DirectoryReceived received, Moment now) {
        var directory = received.directory();
        if (directory.viewId() > view.id()) {
            return Transition.to(new Member(known.keeping(received), view));
        }
        if (!view.isCoordinator(received.from()) || directory.viewId() != view.id()) {
            return Transition.to(this);
        }
        if (known.directory().viewId() == view.id()
                && directory.version() <= known.directory().version()) {
            return Transition.to(this);
        }
        var followed = Followed.by(known, directory.receivedAt(now), view);
        var next = Transition.to(new Member(followed.known(), view)).withEffects(followed.effects());
        return probing(
                directory.knows(known.self()) ? next : next.and(followed.known().announcement()), now);
    }

    private static Transition probing(Transition transition, Moment now) {
        return transition.state() instanceof Member member && member.shouldProbe(now)
                ? new Transition(new Member(member.known.probed(now), member.view), transition.effects())
                        .and(new MeshEffect.ProbeHq())
                : transition;
    }
}
