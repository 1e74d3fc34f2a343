package org.pxemesh.agent.boot;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.PackageKind;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policy.LoaderKind;

/** Boot plans for tests. */
public final class Plans {

    private Plans() {}

    /** A Linux by pxelinux: the kernel is {@code amd64/linux}, the RAM disk {@code amd64/initrd.gz}. */
    public static BootPlan linux(String... arguments) {
        return plan("pxelinux.0", "amd64/linux", List.of(arguments));
    }

    /** One program and nothing behind it. */
    public static BootPlan program() {
        return plan("tool.efi", null, List.of());
    }

    private static BootPlan plan(String nbp, @Nullable String kernel, List<String> arguments) {
        return new BootPlan(
                new UUID(0, 1),
                null,
                "debian@12",
                PackageKind.LINUX_NETBOOT,
                false,
                ClientArchitecture.BIOS,
                LoaderKind.PXELINUX,
                nbp,
                List.of("screens/ldlinux.c32"),
                kernel,
                kernel == null ? null : "amd64/initrd.gz",
                arguments,
                Set.of(nbp, "amd64/linux", "amd64/initrd.gz", "screens/ldlinux.c32"));
    }
}
