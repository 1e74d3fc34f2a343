package org.pxemesh.policy;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.WindowsBoot;

/**
 * What one boot client gets.
 *
 * @param deploymentId the deployment that won
 * @param computerId the computer that the client is, or null when HQ does not know it
 * @param packageRef {@code name@version}
 * @param packageKind decides what the first program asks for next
 * @param prompt whether the loader asks the person before it boots ({@code available})
 * @param architecture what the client's firmware runs
 * @param loader which configuration to make
 * @param nbp path of the first program, inside the package
 * @param next programs that the first one fetches by itself
 * @param kernel path of the kernel, or null when the package has none
 * @param initrd path of the initial RAM disk, or null when the package has none
 * @param arguments for the kernel: the package's own, then the deployment's
 * @param files every path that this client may fetch; anything else is refused
 * @param windows for a Windows PE; else null
 * @param promptSeconds how long the person has for an answer, from the policy
 * @param menu whether the firmware's own menu is to ask, since the loader cannot; only with {@code prompt}
 */
public record BootPlan(
        UUID deploymentId,
        @Nullable UUID computerId,
        String packageRef,
        PackageKind packageKind,
        boolean prompt,
        ClientArchitecture architecture,
        LoaderKind loader,
        String nbp,
        List<String> next,
        @Nullable String kernel,
        @Nullable String initrd,
        List<String> arguments,
        Set<String> files,
        @Nullable WindowsPlan windows,
        int promptSeconds,
        boolean menu)
        implements Decision {

    public BootPlan {
        next = List.copyOf(next);
        arguments = List.copyOf(arguments);
        files = Set.copyOf(files);
    }

    /** A plan for anything but Windows. */
    public BootPlan(
            UUID deploymentId,
            @Nullable UUID computerId,
            String packageRef,
            PackageKind packageKind,
            boolean prompt,
            ClientArchitecture architecture,
            LoaderKind loader,
            String nbp,
            List<String> next,
            @Nullable String kernel,
            @Nullable String initrd,
            List<String> arguments,
            Set<String> files) {
        this(
                deploymentId,
                computerId,
                packageRef,
                packageKind,
                prompt,
                architecture,
                loader,
                nbp,
                next,
                kernel,
                initrd,
                arguments,
                files,
                null,
                PolicyState.DEFAULT_PROMPT_SECONDS,
                false);
    }

    /** The files that a client is known to fetch, in about the order in which it fetches them. */
    public List<String> reading() {
        WindowsBoot boot = windows == null ? null : windows.boot();
        return Stream.of(
                        Stream.of(nbp),
                        next.stream(),
                        Stream.of(kernel, initrd),
                        boot == null
                                ? Stream.<String>empty()
                                : Stream.of(
                                        boot.bootManager(),
                                        boot.ipxe(),
                                        boot.wimboot(),
                                        boot.bootSdi(),
                                        boot.bootWim()))
                .flatMap(each -> each)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Whether an iPXE goes on with a script made for the client: one that this plan started, or one that is to ask. */
    public boolean hasIpxeScript() {
        return menu || loader == LoaderKind.IPXE && (kernel != null || windows != null);
    }

    /** Whether all that a BIOS machine's first program does is to load a Linux, which an iPXE in its place does as well. */
    public boolean loaderOnlyLoadsLinux() {
        return loader == LoaderKind.PXELINUX
                && architecture == ClientArchitecture.BIOS
                && kernel != null
                && initrd != null;
    }
}
