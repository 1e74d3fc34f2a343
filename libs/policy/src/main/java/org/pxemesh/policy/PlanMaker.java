package org.pxemesh.policy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageState;
import org.pxemesh.policy.Ignored.Refusal;

/**
 * Turns the deployment that won into a boot plan, or says all that its package lacks for this client.
 *
 * @param refusals takes the reasons
 */
record PlanMaker(BootClient client, PolicySnapshot snapshot, Map<String, Set<String>> held, List<Refusal> refusals) {

    /** The plan; null when anything was refused. */
    @Nullable
    BootPlan make(DeploymentState deployment, @Nullable ComputerState computer) {
        if (deployment.kind() == DeploymentKind.LOCAL) {
            refuse(Reason.LOCAL_BOOT, "deployment " + deployment.name() + " sends the machine to its own disk");
            return null;
        }
        String ref = deployment.packageRef();
        PackageState pkg = ref == null ? null : snapshot.packages().get(ref);
        Set<String> files = ref == null ? null : held.get(ref);
        if (ref == null || pkg == null) {
            refuseMissing(deployment, ref);
            return null;
        }
        if (files == null) {
            refuse(Reason.PACKAGE_NOT_HELD, "nobody in this segment holds all of package " + ref);
        }
        Optional<LoaderState> loader = pkg.boot().loaders().stream()
                .filter(l ->
                        l.architecture().equalsIgnoreCase(client.architecture().label()))
                .findFirst();
        if (loader.isEmpty()) {
            refuse(
                    Reason.ARCHITECTURE_NOT_IN_PACKAGE,
                    "package " + ref + " has loaders for "
                            + pkg.boot().loaders().stream()
                                    .map(LoaderState::architecture)
                                    .toList() + ", not for "
                            + client.architecture().label());
            return null;
        }
        judge(loader.get(), deployment, ref, files);
        return files == null ? null : plan(deployment, computer, pkg, loader.get(), files);
    }

    private void refuseMissing(DeploymentState deployment, @Nullable String ref) {
        if (ref != null && snapshot.isRetired(ref)) {
            refuse(Reason.PACKAGE_RETIRED, "deployment " + deployment.name() + " wants the retired package " + ref);
        } else {
            String wanted = ref == null ? "but names no package" : "wants package " + ref + ", which HQ has not built";
            refuse(Reason.PACKAGE_NOT_BUILT, "deployment " + deployment.name() + " " + wanted);
        }
        if (ref != null && !held.containsKey(ref)) {
            refuse(Reason.PACKAGE_NOT_HELD, "nobody in this segment holds all of package " + ref);
        }
    }

    private void judge(LoaderState loader, DeploymentState deployment, String ref, @Nullable Set<String> files) {
        if (deployment.kind() == DeploymentKind.AVAILABLE && !loader.canPrompt()) {
            refuse(
                    Reason.NO_PROMPT_LOADER,
                    "deployment " + deployment.name() + " asks first, and " + loader.nbp() + " of package " + ref
                            + " cannot ask");
        }
        if (files != null) {
            List<String> missing = Stream.concat(
                            Stream.of(loader.nbp(), loader.kernel(), loader.initrd()), loader.next().stream())
                    .filter(Objects::nonNull)
                    .filter(path -> !files.contains(path))
                    .toList();
            if (!missing.isEmpty()) {
                refuse(Reason.FILE_NOT_IN_PACKAGE, "package " + ref + " lacks its own files " + missing);
            }
        }
    }

    private BootPlan plan(
            DeploymentState deployment,
            @Nullable ComputerState computer,
            PackageState pkg,
            LoaderState loader,
            Set<String> files) {
        return new BootPlan(
                deployment.id(),
                computer == null ? null : computer.id(),
                pkg.ref(),
                pkg.boot().kind(),
                deployment.kind() == DeploymentKind.AVAILABLE,
                client.architecture(),
                LoaderKind.of(pkg.boot(), loader),
                loader.nbp(),
                loader.next(),
                loader.kernel(),
                loader.initrd(),
                Stream.concat(loader.arguments().stream(), deployment.arguments().stream())
                        .toList(),
                files);
    }

    private void refuse(Reason reason, String detail) {
        refusals.add(new Refusal(reason, detail));
    }
}
