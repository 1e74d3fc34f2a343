package org.pxemesh.policy;

import static java.util.Comparator.comparing;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;

/**
 * Which deployment is for a machine: the one whose collection names the computer most narrowly (list before rule before
 * all). Among equals the mildest: {@code local} before {@code available} before {@code required}; then the first by name
 * and id, so that all peers agree.
 *
 * <p>Deployments for unknown computers are for these alone: a computer that HQ knows never falls back to one.
 */
public final class DeploymentChoice {

    private static final Comparator<DeploymentState> MILDEST_FIRST = comparing(
                    (DeploymentState deployment) -> mildness(deployment.kind()))
            .thenComparing(DeploymentState::name)
            .thenComparing(DeploymentState::id);

    private DeploymentChoice() {}

    /** All deployments for a computer that HQ knows, the one that wins first. */
    public static List<DeploymentState> ranked(PolicySnapshot snapshot, ComputerState computer) {
        Targets targets = Targets.of(snapshot, computer);
        return snapshot.deployments().values().stream()
                .flatMap(deployment -> deployment.collection() == null
                        ? Stream.empty()
                        : targets
                                .narrowest(List.of(deployment.collection()))
                                .map(how -> Map.entry(how, deployment))
                                .stream())
                .sorted(Map.Entry.<Specificity, DeploymentState>comparingByKey()
                        .thenComparing(Map.Entry.comparingByValue(MILDEST_FIRST)))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** All deployments for machines that HQ does not know, the one that wins first. */
    public static List<DeploymentState> rankedForUnknown(PolicySnapshot snapshot) {
        return snapshot.deployments().values().stream()
                .filter(DeploymentState::unknownComputers)
                .sorted(MILDEST_FIRST)
                .toList();
    }

    private static int mildness(DeploymentKind kind) {
        return switch (kind) {
            case LOCAL -> 0;
            case AVAILABLE -> 1;
            case REQUIRED -> 2;
        };
    }
}
