package org.pxemesh.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a peer knows and does once a new directory holds. */
record Followed(Knowledge known, List<MeshEffect> effects) {
    static Followed by(Knowledge before, Directory directory, MeshView view) {
        var effects = new ArrayList<MeshEffect>();
        var after = before.with(directory);
        if (after.highestTerm() > before.highestTerm()) {
            effects.add(new MeshEffect.RememberTerm(after.highestTerm()));
        }
        effects.add(new MeshEffect.Serve(directory.inputs(view)));

        var former = before.directory().uplink();
        var mine = directory
                .uplink()
                .filter(term -> term.peer().equals(before.self().id()));
        if (mine.isPresent() && !mine.equals(before.uplinkOf())) {
            var predecessor = former.map(UplinkTerm::peer)
                    .filter(peer -> !peer.equals(before.self().id()));
            effects.add(new MeshEffect.StartUplink(mine.get(), predecessor));
        }
        if (mine.isEmpty() && before.isUplink()) {
            effects.add(new MeshEffect.StopUplink());
        }
        if (!former.equals(directory.uplink())) {
            directory.uplink().ifPresent(term -> effects.add(new MeshEffect.FollowUplink(term)));
        }
        if (mine.isPresent()) {
            effects.addAll(arrivalsAndDepartures(before.directory(), directory));
        }
        return new Followed(after.withUplinkOf(mine), effects);
    }

    private static List<MeshEffect> arrivalsAndDepartures(Directory before, Directory after) {
        var effects = new ArrayList<MeshEffect>();
        var was = ids(before);
        var is = ids(after);
        for (var facts : after.facts()) {
            if (!was.contains(facts.id())) {
                effects.add(new MeshEffect.ReportJoined(facts));
            }
        }
        for (var peer : was) {
            if (!is.contains(peer)) {
                effects.add(new MeshEffect.ReportLeft(peer));
            }
        }
        return effects;
    }

    private static Set<UUID> ids(Directory directory) {
        return directory.facts().stream().map(PeerFacts::id).collect(Collectors.toUnmodifiableSet());
    }
}
