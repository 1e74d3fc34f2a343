package org.pxemesh.netboot.disk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The disk from which UEFI firmware boots a Linux by shim and GRUB: with all that GRUB needs in reach, it asks no network.
 * GRUB 2.06 takes its configuration from the server that the DHCP server names, not from a proxy's (decision 028).
 */
public final class UefiDisk {

    /**
     * Where GRUBs that distributions have signed look for their configuration: they have the folder built in. The CD and
     * network variants of Debian and Ubuntu, their disk variants, and those of Fedora and its relatives.
     */
    private static final List<String> CONFIGURATION_FOLDERS = List.of(
            "boot/grub", "grub", "EFI/BOOT", "EFI/debian", "EFI/ubuntu", "EFI/fedora", "EFI/redhat", "EFI/centos");

    /**
     * A file of the package.
     *
     * @param path in the package
     * @param size bytes
     */
    public record Part(String path, long size) {}

    private UefiDisk() {}

    /**
     * The name under which firmware looks for a program on a disk that it does not know (UEFI specification 2.10, 3.5.1.1).
     *
     * @param architecture as packages name it, {@code x64-uefi}
     * @return empty for what is no UEFI
     */
    public static Optional<String> program(String architecture) {
        return Optional.ofNullable(
                switch (architecture) {
                    case "x64-uefi" -> "EFI/BOOT/BOOTX64.EFI";
                    case "ia32-uefi" -> "EFI/BOOT/BOOTIA32.EFI";
                    case "aa64-uefi" -> "EFI/BOOT/BOOTAA64.EFI";
                    case "arm-uefi" -> "EFI/BOOT/BOOTARM.EFI";
                    case "riscv64-uefi" -> "EFI/BOOT/BOOTRISCV64.EFI";
                    case "loong64-uefi" -> "EFI/BOOT/BOOTLOONGARCH64.EFI";
                    default -> null;
                });
    }

    /**
     * Lays it out.
     *
     * @param program under {@link #program}'s name
     * @param shim the first program
     * @param next what shim loads from its own folder, by the same names
     * @param system kernel and initial RAM disk, under the paths that the configuration names
     * @param configuration GRUB's
     * @throws IllegalArgumentException when it does not fit
     */
    public static FatVolume of(String program, Part shim, List<Part> next, List<Part> system, String configuration) {
        Set<String> folders = new LinkedHashSet<>(CONFIGURATION_FOLDERS);
        List<DiskFile> files = new ArrayList<>(List.of(new DiskFile(program, stored(shim))));
        for (Part part : next) {
            int slash = part.path().lastIndexOf('/');
            files.add(new DiskFile("EFI/BOOT/" + part.path().substring(slash + 1), stored(part)));
            // The Debian installer's GRUB has the folder beside itself in the installer's tree built in.
            folders.add(part.path().substring(0, slash + 1) + "grub");
        }
        system.forEach(part -> files.add(new DiskFile(part.path(), stored(part))));
        Extent text = new Extent.Bytes(configuration.getBytes(StandardCharsets.UTF_8));
        folders.forEach(folder -> files.add(new DiskFile(folder + "/grub.cfg", text)));
        return FatVolume.of(files);
    }

    private static Extent stored(Part part) {
        return new Extent.Stored(part.path(), part.size());
    }
}
