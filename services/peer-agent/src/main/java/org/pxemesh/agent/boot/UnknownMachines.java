package org.pxemesh.agent.boot;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pxemesh.policy.BootClient;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policy.Decider;
import org.pxemesh.policy.Decision;
import org.pxemesh.policy.PeerView;
import org.pxemesh.policy.PolicySnapshot;

/**
 * The plans of machines that stand in no computer's record: all of one architecture that refused nothing get the same, for as long as nothing
 * of what it was decided by has changed. Refusals name the machine and are made each time. Safe for use by several
 * threads.
 */
final class UnknownMachines {

    private final Map<ClientArchitecture, BootPlan> plans = new EnumMap<>(ClientArchitecture.class);
    private PolicySnapshot snapshot = PolicySnapshot.EMPTY;
    private Map<String, Set<String>> held = Map.of();
    private @Nullable PeerView view;

    synchronized Decision decide(
            BootClient client, PolicySnapshot newest, Map<String, Set<String>> heldNow, PeerView viewNow) {
        if (newest.names(client) || client.refused() != null) {
            return Decider.decide(client, newest, heldNow, viewNow);
        }
        if (snapshot != newest || held != heldNow || !isLike(viewNow)) {
            plans.clear();
            snapshot = newest;
            held = heldNow;
            view = viewNow;
        }
        BootPlan known = plans.get(client.architecture());
        if (known != null && newest.isFresh(viewNow.now())) {
            return known;
        }
        Decision decision = Decider.decide(client, newest, heldNow, viewNow);
        if (decision instanceof BootPlan plan) {
            plans.put(client.architecture(), plan);
        }
        return decision;
    }

    /** But for its clock, on which freshness alone depends. */
    private boolean isLike(PeerView now) {
        PeerView last = view;
        return last != null
                && last.servesUnknownNetworks() == now.servesUnknownNetworks()
                && (last.siteId() == null ? now.siteId() == null : last.siteId().equals(now.siteId()))
                && last.labels().equals(now.labels())
                && last.macs().equals(now.macs());
    }
}
