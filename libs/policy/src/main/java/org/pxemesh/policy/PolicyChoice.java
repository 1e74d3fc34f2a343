package org.pxemesh.policy;

import static java.util.Comparator.comparing;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.events.PolicyState;

/**
 * Which policy a peer follows: of the enabled ones whose collections name it, the one that names it most narrowly (list
 * before rule before all). Among equals the more careful one: observe before answer, ignoring strangers before booting
 * them; then the first by name and id, so that all peers agree.
 */
public final class PolicyChoice {

    private static final Comparator<PolicyState> CAREFUL_FIRST = comparing(PolicyState::mode, Comparator.reverseOrder())
            .thenComparing(PolicyState::unknownComputers)
            .thenComparing(PolicyState::name)
            .thenComparing(PolicyState::id);

    private PolicyChoice() {}

    /** The policy that the peer follows, empty when no enabled one covers it. */
    public static Optional<PolicyState> covering(PolicySnapshot snapshot, PeerView view) {
        return ranked(snapshot, view).stream().findFirst();
    }

    /** All enabled policies that cover the peer, the one it follows first. */
    public static List<PolicyState> ranked(PolicySnapshot snapshot, PeerView view) {
        Targets peer = Targets.of(snapshot, view);
        return snapshot.policies().values().stream()
                .filter(PolicyState::enabled)
                .flatMap(policy -> peer.narrowest(policy.collections()).map(how -> Map.entry(how, policy)).stream())
                .sorted(Map.Entry.<Specificity, PolicyState>comparingByKey()
                        .thenComparing(Map.Entry.comparingByValue(CAREFUL_FIRST)))
                .map(Map.Entry::getValue)
                .toList();
    }
}
