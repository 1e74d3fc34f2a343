package org.pxemesh.mesh;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.pxemesh.mesh.PeerFacts.HqReach;

/**
 * What a peer knows of its segment, in every state.
 *
 * @param self its own facts
 * @param facts the announced facts of the members of the current view, its own included
 * @param directory the coordinator's latest word
 * @param highestTerm the highest term heard of, also by former runs of this agent
 * @param uplinkOf the term in which this peer is uplink
 * @param early a directory of a view that has not reached this peer yet: the coordinator publishes as soon as the view is
 *     its own, and does not repeat itself
 * @param probedAt when it last tried to reach HQ without being uplink, in {@link Moment#millis}
 */
public record Knowledge(
        PeerFacts self,
        Map<UUID, PeerFacts> facts,
        Directory directory,
        long highestTerm,
        Optional<UplinkTerm> uplinkOf,
        Optional<MeshEvent.DirectoryReceived> early,
        long probedAt) {
    public Knowledge {
        facts = Map.copyOf(facts);
    }

    static Knowledge of(PeerFacts self, long highestTerm) {
        return new Knowledge(
                self,
                Map.of(self.id(), self),
                Directory.NONE,
                highestTerm,
                Optional.empty(),
                Optional.empty(),
                Long.MIN_VALUE / 2);
    }

    Knowledge with(PeerFacts peer) {
        var known = new LinkedHashMap<>(facts);
        known.put(peer.id(), peer);
        return new Knowledge(
                peer.id().equals(self.id()) ? peer : self, known, directory, highestTerm, uplinkOf, early, probedAt);
    }

    Knowledge withHq(HqReach reach) {
        return with(self.withHq(reach));
    }

    Knowledge with(Directory latest) {
        var known = new LinkedHashMap<UUID, PeerFacts>();
        latest.facts().forEach(peer -> known.put(peer.id(), peer));
        known.put(self.id(), self);
        return new Knowledge(self, known, latest, highestTerm, uplinkOf, early, probedAt).heardOf(latest.uplink());
    }

    Knowledge limitedTo(MeshView view) {
        var known = new LinkedHashMap<>(facts);
        known.keySet().removeIf(peer -> !view.has(peer));
        known.put(self.id(), self);
        return new Knowledge(self, known, directory, highestTerm, uplinkOf, early, probedAt);
    }

    Knowledge heardOf(Optional<UplinkTerm> term) {
        var highest = Math.max(highestTerm, term.map(UplinkTerm::term).orElse(0L));
        return new Knowledge(self, facts, directory, highest, uplinkOf, early, probedAt);
    }

    Knowledge withUplinkOf(Optional<UplinkTerm> term) {
        return new Knowledge(self, facts, directory, highestTerm, term, early, probedAt);
    }

    /** Keeps the newest directory that is ahead of this peer's view. */
    Knowledge keeping(MeshEvent.DirectoryReceived ahead) {
        var older = early.filter(
                kept -> kept.directory().viewId() > ahead.directory().viewId());
        return new Knowledge(self, facts, directory, highestTerm, uplinkOf, Optional.of(older.orElse(ahead)), probedAt);
    }

    Knowledge withoutEarly() {
        return new Knowledge(self, facts, directory, highestTerm, uplinkOf, Optional.empty(), probedAt);
    }

    Knowledge probed(Moment now) {
        return new Knowledge(self, facts, directory, highestTerm, uplinkOf, early, now.millis());
    }

    /** Nobody else is known any more, and whatever role there was is gone; the last term stays. */
    Knowledge withoutView() {
        var last = new Directory(-1, 0, directory.uplink(), List.of());
        return new Knowledge(
                self, Map.of(self.id(), self), last, highestTerm, Optional.empty(), Optional.empty(), probedAt);
    }

    Optional<PeerFacts> uplinkFacts() {
        return directory.uplink().map(UplinkTerm::peer).map(facts::get);
    }

    /** Whether this peer is the uplink. */
    public boolean isUplink() {
        return uplinkOf.isPresent();
    }

    MeshEffect.Announce announcement() {
        return new MeshEffect.Announce(self, directory.uplink());
    }
}
