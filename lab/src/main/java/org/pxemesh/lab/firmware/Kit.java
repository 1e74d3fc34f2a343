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
    KERNEL("kernel-initrd", Map.of("linux", Sources.KERNEL)),
    /** The installer's netboot tree: pxelinux for BIOS; iPXE's snponly.efi for UEFI. */
    INSTALLER(
            "linux-netboot",
            Map.of(
                    "pxelinux.0",
                    Sources.installer("pxelinux.0"),
                    "ldlinux.c32",
                    Sources.installer("ldlinux.c32"),
                    "debian-installer/amd64/linux",
                    Sources.KERNEL,
                    "ipxe/snponly.efi",
                    Sources.SNPONLY)),
    /** Debian's signed shim, GRUB and kernel. */
    SIGNED(
            "linux-netboot",
            Map.of(
                    "debian-installer/amd64/bootnetx64.efi", Sources.SHIM,
                    "debian-installer/amd64/grubx64.efi", Sources.GRUB,
                    "debian-installer/amd64/linux", Sources.KERNEL)),
    /** The same beside iPXE, as an import has it where HQ has iPXE. */
    SIGNED_BESIDE_IPXE(
            "linux-netboot",
            Map.of(
                    "debian-installer/amd64/bootnetx64.efi", Sources.SHIM,
                    "debian-installer/amd64/grubx64.efi", Sources.GRUB,
                    "debian-installer/amd64/linux", Sources.KERNEL,
                    "ipxe/snponly.efi", Sources.SNPONLY)),
    /** Debian's signed shim and kernel with Debian 13's signed GRUB, or the one that {@value #GRUB_VARIABLE} names. */
    SIGNED_13(
            "linux-netboot",
            Map.of(
                    "debian-installer/amd64/bootnetx64.efi",
                    Sources.SHIM,
                    "debian-installer/amd64/grubx64.efi",
                    Sources.newGrub(),
                    "debian-installer/amd64/linux",
                    Sources.KERNEL)),
    /** A program that nobody signed. */
    UNSIGNED("efi-application", Map.of("snponly.efi", Sources.SNPONLY)),
    /** A program for BIOS alone. */
    UNDIONLY("raw-nbp", Map.of("undionly.kpxe", KitFile.installed("/usr/lib/ipxe/undionly.kpxe"))),
    /** Syslinux for UEFI beside the kernel. */
    SYSLINUX(
            "linux-netboot",
            Map.of(
                    "syslinux.efi", KitFile.installed("/usr/lib/SYSLINUX.EFI/efi64/syslinux.efi"),
                    "ldlinux.e64", KitFile.installed("/usr/lib/syslinux/modules/efi64/ldlinux.e64"),
                    "debian-installer/amd64/linux", Sources.KERNEL)),
    /** shim, GRUB and kernel of the installer for arm64. */
    ARM(
            "linux-netboot",
            Map.of(
                    "debian-installer/arm64/bootnetaa64.efi", Sources.arm("debian-installer/arm64/bootnetaa64.efi"),
                    "debian-installer/arm64/grubaa64.efi", Sources.arm("debian-installer/arm64/grubaa64.efi"),
                    "debian-installer/arm64/linux", Sources.arm("debian-installer/arm64/linux"))),
    /** The same with Debian 13's GRUB. */
    ARM_13(
            "linux-netboot",
            Map.of(
                    "debian-installer/arm64/bootnetaa64.efi",
                    Sources.arm("debian-installer/arm64/bootnetaa64.efi"),
                    "debian-installer/arm64/grubaa64.efi",
                    OtherDebian.GRUB_AA64,
                    "debian-installer/arm64/linux",
                    Sources.arm("debian-installer/arm64/linux")));

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

    /** Where Debian's packages install what the kits are made of. */
    private static final class Sources {
        private static final String IMAGES = "/usr/lib/debian-installer/images/12/";
        private static final KitFile KERNEL = installer("debian-installer/amd64/linux");
        private static final KitFile SNPONLY = KitFile.installed("/usr/lib/ipxe/snponly.efi");
        private static final KitFile SHIM = KitFile.installed("/usr/lib/shim/shimx64.efi.signed");
        private static final KitFile GRUB = KitFile.installed("/usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed");
        private static final KitFile BUSYBOX = KitFile.installed("/bin/busybox");

        private static KitFile installer(String path) {
            return KitFile.installed(IMAGES + "amd64/text/" + path);
        }

        private static KitFile arm(String path) {
            return KitFile.installed(IMAGES + "arm64/text/" + path);
        }

        private static KitFile newGrub() {
            String given = System.getenv().getOrDefault(GRUB_VARIABLE, "");
            return given.isEmpty() ? OtherDebian.GRUB_X64 : KitFile.installed(given);
        }
    }

    private final String kind;
    private final Map<String, KitFile> files;

    Kit(String kind, Map<String, KitFile> files) {
        this.kind = kind;
        this.files = files;
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

    /**
     * Writes the tree that is imported.
     *
     * @throws OtherDebian.Missing where this machine cannot get a file of it
     */
    Path write(Path kits) {
        Path root = kits.resolve(packageName());
        try {
            for (Map.Entry<String, KitFile> file : files.entrySet()) {
                Path to = root.resolve(file.getKey());
                Files.createDirectories(to.getParent());
                Files.copy(file.getValue().path(), to, StandardCopyOption.REPLACE_EXISTING);
            }
            for (String path : files.keySet()) {
                if (path.endsWith("linux")) {
                    initrd(
                            path.contains("arm64") ? OtherDebian.BUSYBOX_AA64 : Sources.BUSYBOX,
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

    private static void initrd(KitFile busybox, Path folder, Path to) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.copy(busybox.path(), folder.resolve("bin/busybox"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("init"), INIT);
        Shell.run(
                "chmod",
                "755",
                folder.resolve("init").toString(),
                folder.resolve("bin/busybox").toString());
        Shell.run(
                "busybox",
                "sh",
                "-c",
                "cd " + folder + " && busybox find . | busybox cpio -o -H newc 2>/dev/null | busybox gzip >" + to);
    }
}
