package org.pxemesh.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.policy.Ignored.Refusal;

/** What a boot client gets. Agents act on the answer; HQ explains it. */
public final class Decider {

    private final BootClient client;
    private final PolicySnapshot snapshot;
    private final PeerView view;
    private final List<Refusal> refusals = new ArrayList<>();

    private Decider(BootClient client, PolicySnapshot snapshot, PeerView view) {
        this.client = client;
        this.snapshot = snapshot;
        this.view = view;
    }

    /**
     * Decides. Every condition is judged, also after one has failed, so that an ignored client carries all its reasons.
     *
     * @param held files of the packages that somebody in the segment holds whole: paths by {@code name@version}
     * @param view the peer that decides, with its clock
     */
    public static Decision decide(
            BootClient client, PolicySnapshot snapshot, Map<String, Set<String>> held, PeerView view) {
        return new Decider(client, snapshot, view).decide(held);
    }

    private Decision decide(Map<String, Set<String>> held) {
        judgeFreshness();
        judgeNetwork();
        Optional<PolicyState> policy = PolicyChoice.covering(snapshot, view);
        if (policy.isEmpty()) {
            refuse(Reason.NO_POLICY_ENABLED, "no enabled policy covers this peer");
        }
        BootPlan plan = plan(policy, held);
        boolean observing = policy.filter(p -> p.mode() == PolicyMode.OBSERVE).isPresent();
        BootPlan wouldHave = observing && refusals.isEmpty() ? plan : null;
        if (observing) {
            refuse(Reason.OBSERVE_ONLY, "policy " + policy.get().name() + " only observes");
        }
        // Without a plan there is a refusal that says why.
        return refusals.isEmpty() && plan != null ? plan : new Ignored(refusals, wouldHave);
    }

    private void judgeFreshness() {
        if (!snapshot.isFresh(view.now())) {
            refuse(
                    Reason.EPOCH_EXPIRED,
                    snapshot.epoch()
                            .map(epoch -> "the newest word of HQ was good until " + epoch.expiresAt())
                            .orElse("no word of HQ has arrived yet"));
        }
    }

    private void judgeNetwork() {
        SiteState site = view.siteId() == null ? null : snapshot.sites().get(view.siteId());
        if (site == null && !view.servesUnknownNetworks()) {
            refuse(Reason.UNKNOWN_NETWORK, "no site of HQ has the network of this peer");
        }
        if (site != null && site.kind() != SiteKind.BRANCH) {
            refuse(Reason.NETWORK_NOT_SERVED, "site " + site.name() + " is of kind " + site.kind());
        }
    }

    private @Nullable BootPlan plan(Optional<PolicyState> policy, Map<String, Set<String>> held) {
        Set<ComputerState> candidates = snapshot.index().candidates(List.of(client.mac()), client.smbiosGuid());
        if (candidates.size() > 1) {
            List<String> names =
                    candidates.stream().map(ComputerState::name).sorted().toList();
            refuse(Reason.AMBIGUOUS_COMPUTER, "MAC and SMBIOS GUID point at the computers " + names);
            return null;
        }
        ComputerState computer =
                candidates.isEmpty() ? null : candidates.iterator().next();
        policy.filter(p -> computer == null && p.unknownComputers() == UnknownComputers.IGNORE)
                .ifPresent(p -> refuse(
                        Reason.UNKNOWN_COMPUTER,
                        "HQ knows no computer with MAC " + client.mac() + ", and policy " + p.name()
                                + " ignores unknown computers"));
        List<DeploymentState> deployments = computer == null
                ? DeploymentChoice.rankedForUnknown(snapshot)
                : DeploymentChoice.ranked(snapshot, computer);
        if (deployments.isEmpty()) {
            String whom = computer == null ? "unknown computers" : "computer " + computer.name();
            refuse(Reason.NO_DEPLOYMENT, "no deployment is for " + whom);
            return null;
        }
        return new PlanMaker(client, snapshot, held, policy.orElse(null), refusals)
                .make(deployments.getFirst(), computer);
    }

    private void refuse(Reason reason, String detail) {
        refusals.add(new Refusal(reason, detail));
    }
}
