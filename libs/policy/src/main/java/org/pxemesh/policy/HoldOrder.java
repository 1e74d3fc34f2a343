package org.pxemesh.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.UnknownComputers;

/**
 * What a peer is to hold.
 *
 * @param packageRefs built packages, {@code name@version}
 * @param holdersPerSegment how many peers of a segment hold them, 0 = all
 */
public record HoldOrder(Set<String> packageRefs, int holdersPerSegment) {

    public static final HoldOrder NOTHING = new HoldOrder(Set.of(), 0);

    public HoldOrder {
        packageRefs = Set.copyOf(packageRefs);
    }

    /**
     * The order for a peer, by the policy that it follows. <em>Deployed</em> means the package that would win for each
     * computer homed at the peer's site, and the one for unknown computers where the policy boots them.
     */
    public static HoldOrder of(PolicySnapshot snapshot, PeerView view) {
        Optional<PolicyState> policy = PolicyChoice.covering(snapshot, view);
        if (policy.isEmpty() || policy.get().hold().kind() == HoldKind.NOTHING) {
            return NOTHING;
        }
        Set<String> wanted = policy.get().hold().kind() == HoldKind.LISTED
                ? new LinkedHashSet<>(policy.get().hold().packages())
                : deployed(snapshot, view, policy.get());
        wanted.retainAll(snapshot.packages().keySet());
        return new HoldOrder(wanted, policy.get().hold().holdersPerSegment());
    }

    private static Set<String> deployed(PolicySnapshot snapshot, PeerView view, PolicyState policy) {
        Set<String> wanted = new LinkedHashSet<>();
        for (ComputerState computer : snapshot.computers().values()) {
            if (Objects.equals(computer.siteId(), view.siteId())) {
                addWinner(wanted, DeploymentChoice.ranked(snapshot, computer));
            }
        }
        if (policy.unknownComputers() == UnknownComputers.BOOT) {
            addWinner(wanted, DeploymentChoice.rankedForUnknown(snapshot));
        }
        return wanted;
    }

    private static void addWinner(Set<String> wanted, List<DeploymentState> ranked) {
        if (!ranked.isEmpty() && ranked.getFirst().packageRef() != null) {
            wanted.add(ranked.getFirst().packageRef());
        }
    }
}
