package org.pxemesh.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.ComputerState;
import org.pxemesh.policy.rule.Labels;

/** One computer (or a peer that HQ does not know) as collections see it. */
record Targets(PolicySnapshot snapshot, @Nullable ComputerState computer, Labels labels) {

    static Targets of(PolicySnapshot snapshot, ComputerState computer) {
        return new Targets(snapshot, computer, snapshot.labelsOf(computer));
    }

    /** The peer itself: what it says of itself, then what HQ says of its computer, then its site. */
    static Targets of(PolicySnapshot snapshot, PeerView view) {
        var candidates = snapshot.index().candidates(view.macs(), null);
        ComputerState computer = candidates.size() == 1 ? candidates.iterator().next() : null;
        Labels labels = view.labels();
        if (computer != null) {
            labels = labels.overlaidWith(snapshot.labelsOf(computer));
        }
        // Where it stands counts, not where its record says that it belongs.
        return new Targets(snapshot, computer, labels.overlaidWith(snapshot.labelsAt(view.siteId())));
    }

    /** How narrowly the narrowest of these collections names this computer; empty when none does. */
    Optional<Specificity> narrowest(List<UUID> collections) {
        return collections.stream()
                .flatMap(id -> snapshot.collection(id).stream())
                .flatMap(collected -> collected.names(computer, labels).stream())
                .min(Comparator.naturalOrder());
    }
}
