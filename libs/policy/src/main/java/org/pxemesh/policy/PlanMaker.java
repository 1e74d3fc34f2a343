package org.pxemesh.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.policy.Ignored.Refusal;

/**
 * Turns the deployment that won into a boot plan, or says all that its package lacks for this client.
 *
 * @param policy that the peer follows, or null
 * @param refusals takes the reasons
 */
record PlanMaker(
        BootClient client,
        PolicySnapshot snapshot,
        Map<String, Set<String>> held,
        @Nullable PolicyState policy,
        List<Refusal> refusals) {

    /** The plan; null when anything was refused. */
    @Nullable
    BootPlan make(DeploymentState deployment, @Nullable ComputerState computer) {
        if (deployment.kind() == DeploymentKind.LOCAL) {
            return local(deployment, computer);
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
        Optional<LoaderState> loader = loader(pkg);
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

    /** The first loader for the client's architecture; another one before that whose signing the client refused. */
    private Optional<LoaderState> loader(PackageState pkg) {
        List<LoaderState> all = pkg.boot().loaders().stream()
                .filter(l ->
                        l.architecture().equalsIgnoreCase(client.architecture().label()))
                .toList();
        return all.stream()
                .filter(l -> !isRefused(l.windows()))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private boolean isRefused(@Nullable WindowsBoot windows) {
        return windows != null && windows.signedBy() == client.refused();
    }

    /**
     * The machine starts from its own disk. A BIOS is told so by a program where the deployment's package has one, and
     * need not wait for PXE's time-out; UEFI firmware might not go on after any program, so that it hears nothing.
     */
    private @Nullable BootPlan local(DeploymentState deployment, @Nullable ComputerState computer) {
        String ref = deployment.packageRef();
        PackageState pkg = ref == null ? null : snapshot.packages().get(ref);
        Set<String> files = ref == null ? null : held.get(ref);
        WindowsBoot windows =
                pkg == null ? null : loader(pkg).map(LoaderState::windows).orElse(null);
        String abort = windows == null ? null : windows.abortNbp();
        if (client.architecture() == ClientArchitecture.BIOS
                && pkg != null
                && abort != null
                && files != null
                && files.contains(abort)) {
            return new BootPlan(
                    deployment.id(),
                    computer == null ? null : computer.id(),
                    pkg.ref(),
                    pkg.boot().kind(),
                    false,
                    client.architecture(),
                    LoaderKind.LOCAL_DISK,
                    abort,
                    List.of(),
                    null,
                    null,
                    List.of(),
                    Set.of(abort));
        }
        refuse(Reason.LOCAL_BOOT, "deployment " + deployment.name() + " sends the machine to its own disk");
        return null;
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
        if (deployment.kind() == DeploymentKind.AVAILABLE && !canPrompt(loader) && !deployment.allowsPxeMenu()) {
            refuse(
                    Reason.NO_PROMPT_LOADER,
                    "deployment " + deployment.name() + " asks first, and " + loader.nbp() + " of package " + ref
                            + " cannot ask; with pxeMenu the machine's firmware does");
        }
        if (files != null) {
            List<String> missing = loader.files().stream()
                    .filter(path -> !files.contains(path))
                    .toList();
            if (!missing.isEmpty()) {
                refuse(Reason.FILE_NOT_IN_PACKAGE, "package " + ref + " lacks its own files " + missing);
            }
        }
    }

    private static boolean canPrompt(LoaderState loader) {
        WindowsBoot windows = loader.windows();
        return windows == null ? loader.canPrompt() : WindowsPrograms.canPrompt(windows);
    }

    private BootPlan plan(
            DeploymentState deployment,
            @Nullable ComputerState computer,
            PackageState pkg,
            LoaderState loader,
            Set<String> files) {
        WindowsBoot windows = loader.windows();
        return new BootPlan(
                deployment.id(),
                computer == null ? null : computer.id(),
                pkg.ref(),
                pkg.boot().kind(),
                deployment.kind() == DeploymentKind.AVAILABLE,
                client.architecture(),
                LoaderKind.of(pkg.boot(), loader),
                windows == null ? loader.nbp() : WindowsPrograms.nbp(loader, windows, deployment.kind()),
                loader.next(),
                loader.kernel(),
                loader.initrd(),
                Stream.concat(loader.arguments().stream(), deployment.arguments().stream())
                        .toList(),
                files,
                windows == null ? null : windowsPlan(loader.nbp(), windows),
                policy == null ? PolicyState.DEFAULT_PROMPT_SECONDS : policy.promptSecondsOrDefault(),
                deployment.kind() == DeploymentKind.AVAILABLE && !canPrompt(loader));
    }

    /** Without a policy there is a refusal, and the defaults are as good as anything. */
    private WindowsPlan windowsPlan(String program, WindowsBoot windows) {
        return policy == null
                ? new WindowsPlan(
                        program, windows, PolicyState.DEFAULT_TFTP_BLOCK_SIZE, PolicyState.DEFAULT_TFTP_WINDOW_SIZE)
                : new WindowsPlan(program, windows, policy.tftpBlockSizeOrDefault(), policy.tftpWindowSizeOrDefault());
    }

    private void refuse(Reason reason, String detail) {
        refusals.add(new Refusal(reason, detail));
    }
}
