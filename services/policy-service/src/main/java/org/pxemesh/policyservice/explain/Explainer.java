package org.pxemesh.policyservice.explain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.SiteState;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.Decider;
import org.pxemesh.policy.Decision;
import org.pxemesh.policy.DeploymentChoice;
import org.pxemesh.policy.Ignored;
import org.pxemesh.policy.PeerView;
import org.pxemesh.policy.PolicyChoice;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policy.WindowsPlan;
import org.pxemesh.policy.rule.Labels;

/** Decides as an agent would, and says which of the agent's own facts HQ had to assume. */
record Explainer(PolicySnapshot snapshot, Instant now) {

    Explanation explain(Question question) {
        ComputerState computer = snapshot.computerOf(question.client()).orElse(null);
        SiteState site = site(question, computer);
        List<String> assumptions = new ArrayList<>();
        assumptions.add("the segment holds every built package whole");
        assumptions.add("the peer that answers has no labels but its site: policies for rules over other labels, or for"
                + " lists, are left out");
        if (site == null) {
            assumptions.add("the machine asks on a network that peers serve: name the site to be exact");
        }
        PeerView view = new PeerView(site == null ? null : site.id(), site == null, List.of(), Labels.NONE, now);
        Decision decision = Decider.decide(question.client(), snapshot, everythingHeld(), view);
        List<DeploymentState> deployments = computer == null
                ? DeploymentChoice.rankedForUnknown(snapshot)
                : DeploymentChoice.ranked(snapshot, computer);
        Ignored ignored = decision instanceof Ignored i ? i : null;
        BootPlan plan = decision instanceof BootPlan p ? p : ignored == null ? null : ignored.wouldHave();
        return new Explanation(
                ignored == null,
                ignored == null ? List.of() : ignored.reasonNames(),
                ignored == null
                        ? List.of()
                        : ignored.refusals().stream()
                                .map(Ignored.Refusal::detail)
                                .toList(),
                computer == null ? null : new Explanation.Named(computer.id(), computer.name()),
                site == null ? null : new Explanation.Named(site.id(), site.name()),
                PolicyChoice.ranked(snapshot, view).stream()
                        .map(policy -> new Explanation.Named(policy.id(), policy.name()))
                        .toList(),
                PolicyChoice.covering(snapshot, view)
                        .map(policy -> told(policy.hold()))
                        .orElse(null),
                deployments.stream()
                        .map(d -> new Explanation.RankedDeployment(d.id(), d.name(), d.kind(), d.packageRef()))
                        .toList(),
                plan == null ? null : told(plan),
                assumptions);
    }

    private @Nullable SiteState site(Question question, @Nullable ComputerState computer) {
        String asked = question.site();
        if (asked == null) {
            return computer == null || computer.siteId() == null
                    ? null
                    : snapshot.sites().get(computer.siteId());
        }
        return snapshot.sites().values().stream()
                .filter(s ->
                        s.id().toString().equalsIgnoreCase(asked) || s.name().equalsIgnoreCase(asked))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("site", "there is no site " + asked));
    }

    /** HQ knows which files matter from the packages' descriptors; the whole lists stand in the manifests. */
    private Map<String, Set<String>> everythingHeld() {
        Map<String, Set<String>> held = new HashMap<>();
        snapshot.packages().forEach((ref, pkg) -> {
            Set<String> files = new HashSet<>();
            for (LoaderState loader : pkg.boot().loaders()) {
                files.addAll(loader.files());
            }
            held.put(ref, files);
        });
        return held;
    }

    private static Explanation.Hold told(Holding hold) {
        String what = switch (hold.kind()) {
            case DEPLOYED -> "the deployed packages";
            case LISTED -> "the listed packages " + hold.packages();
            case NOTHING -> "nothing";
        };
        String who = hold.kind() == HoldKind.NOTHING || hold.holdersPerSegment() == 0
                ? "every peer holds "
                : hold.holdersPerSegment() + " peers of each segment hold ";
        String others = hold.kind() == HoldKind.NOTHING
                ? ", and points at neighbours that hold something"
                : hold.holdersPerSegment() == 0 ? "" : ", the others point at them";
        Long upload = hold.uploadBytesPerSecond();
        String rate = upload == null ? "" : "; each gives its neighbours at most " + upload + " bytes a second";
        return new Explanation.Hold(hold.kind(), hold.holdersPerSegment(), upload, who + what + others + rate);
    }

    private static Explanation.Plan told(BootPlan plan) {
        return new Explanation.Plan(
                plan.deploymentId(),
                plan.packageRef(),
                plan.prompt(),
                !plan.prompt() ? null : plan.menu() ? Explanation.AskedBy.PXE_MENU : Explanation.AskedBy.PROGRAM,
                plan.architecture().label(),
                plan.loader().name(),
                plan.nbp(),
                plan.kernel(),
                plan.initrd(),
                plan.arguments(),
                plan.windows() == null ? null : told(plan.windows()));
    }

    private static Explanation.Windows told(WindowsPlan windows) {
        return new Explanation.Windows(
                windows.boot().bcd(),
                windows.boot().delivery(),
                windows.boot().signedBy(),
                windows.boot().peBuild(),
                windows.tftpBlockSize(),
                windows.tftpWindowSize());
    }
}
