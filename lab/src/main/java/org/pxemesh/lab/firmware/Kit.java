package org.pxemesh.lab.firmware;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import org.pxemesh.lab.run.Shell;

/**
 * What an administrator imports for a row: Debian's own loaders and kernels, with an initial RAM disk so small that a row
 * takes seconds. HQ has no iPXE of its own at hand here, so that each tree boots with the loaders that are in it.
 */
enum Kit {
    /** A kernel and an initrd for BIOS; iPXE's script is the product's. */
    KERNEL("kernel-initrd", Map.of("linux", Sources.INSTALLER + "debian-installer/amd64/linux")),
    /** The installer's netboot tree: pxelinux for BIOS; iPXE's snponly.efi for UEFI. */
    INSTALLER(
            "linux-netboot",
            Map.of(
                    "pxelinux.0", Sources.INSTALLER + "pxelinux.0",
                    "ldlinux.c32", Sources.INSTALLER + "ldlinux.c32",
                    "debian-installer/amd64/linux", Sources.INSTALLER + "debian-installer/amd64/linux",
                    "ipxe/snponly.efi", "/usr/lib/ipxe/snponly.efi")),
    /** Debian's signed shim, GRUB and kernel. */
    SIGNED(
            "linux-netboot",
            Map.of(
                    "debian-installer/amd64/bootnetx64.efi", "/usr/lib/shim/shimx64.efi.signed",
                    "debian-installer/amd64/grubx64.efi", "/usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed",
                    "debian-installer/amd64/linux", Sources.INSTALLER + "debian-installer/amd64/linux")),
    /** The same beside iPXE, as an import has it where HQ has iPXE. */
    SIGNED_BESIDE_IPXE(
            "linux-netboot",
            Map.of(
                    "debian-installer/amd64/bootnetx64.efi", "/usr/lib/shim/shimx64.efi.signed",
                    "debian-installer/amd64/grubx64.efi", "/usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed",
                    "debian-installer/amd64/linux", Sources.INSTALLER + "debian-installer/amd64/linux",
                    "ipxe/snponly.efi", "/usr/lib/ipxe/snponly.efi")),
    /** Debian's signed programs with a signed GRUB that Debian 12 does not have: {@value #GRUB_VARIABLE} names it. */
    SIGNED_GIVEN(
            "linux-netboot",
            Map.of(
                    "debian-installer/amd64/bootnetx64.efi",
                    "/usr/lib/shim/shimx64.efi.signed",
                    "debian-installer/amd64/grubx64.efi",
                    givenGrub(),
                    "debian-installer/amd64/linux",
                    Sources.INSTALLER + "debian-installer/amd64/linux")),
    /** A program that nobody signed. */
    UNSIGNED("efi-application", Map.of("snponly.efi", "/usr/lib/ipxe/snponly.efi")),
    UNDIONLY("raw-nbp", Map.of("undionly.kpxe", "/usr/lib/ipxe/undionly.kpxe")),
    /** Syslinux for UEFI beside the kernel. */
    SYSLINUX(
            "linux-netboot",
            Map.of(
                    "syslinux.efi", "/usr/lib/SYSLINUX.EFI/efi64/syslinux.efi",
                    "ldlinux.e64", "/usr/lib/syslinux/modules/efi64/ldlinux.e64",
                    "debian-installer/amd64/linux", Sources.INSTALLER + "debian-installer/amd64/linux")),
    /** shim, GRUB and kernel of the installer for arm64. */
    ARM(
            "linux-netboot",
            Map.of(
                    "debian-installer/arm64/bootnetaa64.efi", Sources.ARM + "debian-installer/arm64/bootnetaa64.efi",
                    "debian-installer/arm64/grubaa64.efi", Sources.ARM + "debian-installer/arm64/grubaa64.efi",
                    "debian-installer/arm64/linux", Sources.ARM + "debian-installer/arm64/linux"));

    /** An environment variable: the path of another {@code grubnetx64.efi.signed}, Debian 13's for example. */
    static final String GRUB_VARIABLE = "PXEMESH_LAB_GRUB";

    /** What the first process prints. */
    static final String SYSTEM_RUNS = "PXE Mesh lab: the system runs";

    private static final String INIT = """
            #!/bin/busybox sh
            /bin/busybox echo "%s"
            /bin/busybox sleep 1
            /bin/busybox poweroff -f
            """.formatted(SYSTEM_RUNS);

    /** Where Debian's packages debian-installer-12-netboot-* install their trees. */
    private static final class Sources {
        private static final String INSTALLER = "/usr/lib/debian-installer/images/12/amd64/text/";
        private static final String ARM = "/usr/lib/debian-installer/images/12/arm64/text/";
    }

    private final String kind;
    private final Map<String, String> files;

    Kit(String kind, Map<String, String> files) {
        this.kind = kind;
        this.files = files;
    }

    /** Empty where none is given. */
    static String givenGrub() {
        return System.getenv().getOrDefault(GRUB_VARIABLE, "");
    }

    /** As {@code --kind} names it. */
    String kind() {
        return kind;
    }

    /** Without a kernel, and so without a command line. */
    boolean isProgramAlone() {
        return !kind.equals("linux-netboot") && !kind.equals("kernel-initrd");
    }

    String packageName() {
        return "lab-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Writes the tree that is imported. */
    Path write(Path kits) {
        Path root = kits.resolve(packageName());
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path to = root.resolve(file.getKey());
                Files.createDirectories(to.getParent());
                Files.copy(Path.of(file.getValue()), to, StandardCopyOption.REPLACE_EXISTING);
            }
            for (String path : files.keySet()) {
                if (path.endsWith("linux")) {
                    initrd(
                            kits.resolve(packageName() + "-initrd"),
                            root.resolve(path).resolveSibling("initrd.gz"));
                }
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the kit " + packageName() + " cannot be made (" + e.getMessage()
                            + "); the packages of lab/debian-packages.txt bring its files",
                    e);
        }
    }

    private static void initrd(Path folder, Path to) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.copy(Path.of("/bin/busybox"), folder.resolve("bin/busybox"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("init"), INIT);
        Shell.run("chmod", "755", folder.resolve("init").toString());
        Shell.run(
                "busybox",
                "sh",
                "-c",
                "cd " + folder + " && busybox find . | busybox cpio -o -H newc 2>/dev/null | busybox gzip >" + to);
    }
}
