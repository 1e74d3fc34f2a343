package org.pxemesh.packageservice.recognition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.FilePaths;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;

/**
 * The Debian installer's netboot tree, as {@code netboot.tar.gz} and the {@code debian-installer-*-netboot-*} packages
 * have it: {@code pxelinux.0} and {@code ldlinux.c32} at the top (links in the original), kernel, RAM disk and UEFI
 * loaders under {@code debian-installer/<architecture>}.
 */
final class LinuxNetboot {

    /**
     * What a tree boots.
     *
     * @param needsIpxe whether {@link Ipxe#UEFI_PATH} has to be added to the tree for this
     * @param warnings what it cannot do
     */
    record Found(BootDescriptor boot, boolean needsIpxe, List<String> warnings) {}

    private static final List<String> BIOS_ARCHITECTURES = List.of("amd64", "i386");

    private record Uefi(String debian, String name, String shim, String grub) {}

    private static final List<Uefi> UEFI = List.of(
            new Uefi("amd64", "x64-uefi", "bootnetx64.efi", "grubx64.efi"),
            new Uefi("arm64", "aa64-uefi", "bootnetaa64.efi", "grubaa64.efi"),
            new Uefi("i386", "ia32-uefi", "bootnetia32.efi", "grubia32.efi"));

    private final Map<String, String> paths = new TreeMap<>();
    private final boolean ipxeAtHand;
    private final List<String> arguments;
    private final Map<String, GrubProgram> grubs;
    private final List<String> warnings = new ArrayList<>();
    private boolean needsIpxe;

    private LinuxNetboot(
            Collection<String> paths, boolean ipxeAtHand, List<String> arguments, Map<String, GrubProgram> grubs) {
        this.grubs = grubs;
        this.arguments = List.copyOf(arguments);
        paths.forEach(path -> this.paths.put(FilePaths.fold(path), path));
        this.ipxeAtHand = ipxeAtHand;
    }

    /**
     * Looks at a tree's paths.
     *
     * @param ipxeAtHand whether {@link Ipxe#UEFI_PATH} can be added to the tree
     * @param arguments for its kernel
     * @param grubs by their paths
     * @return empty if it is no such tree
     */
    static Optional<Found> recognise(
            Collection<String> paths, boolean ipxeAtHand, List<String> arguments, Map<String, GrubProgram> grubs) {
        return new LinuxNetboot(paths, ipxeAtHand, arguments, grubs).recognise();
    }

    /** Whether a path may be that of a GRUB for UEFI. */
    static boolean isGrub(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return UEFI.stream().anyMatch(uefi -> uefi.grub().equalsIgnoreCase(name));
    }

    /** What {@link #recognise} looks for, for the message that it found none. */
    static String lookedFor() {
        return "a Debian installer netboot tree: debian-installer/<amd64|i386|arm64>/ with linux and initrd.gz, and"
                + " pxelinux.0 with ldlinux.c32 for BIOS or bootnet<x64|aa64|ia32>.efi with grub<x64|aa64|ia32>.efi for"
                + " UEFI, or syslinux.efi with ldlinux.e64 for x64 UEFI";
    }

    private Optional<Found> recognise() {
        List<LoaderState> loaders = new ArrayList<>();
        BIOS_ARCHITECTURES.stream()
                .map(this::bios)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(loaders::add);
        UEFI.stream().map(this::uefi).flatMap(Optional::stream).forEach(loaders::add);
        return loaders.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(
                        new BootDescriptor(PackageKind.LINUX_NETBOOT, loaders), needsIpxe, List.copyOf(warnings)));
    }

    /** The loader at the top counts: PXELINUX takes its own folder for the root of all that it asks for. */
    private Optional<LoaderState> bios(String architecture) {
        String nbp = find("pxelinux.0");
        String library = find("ldlinux.c32");
        String kernel = kernel(architecture);
        String initrd = initrd(architecture);
        if (nbp == null || library == null || kernel == null || initrd == null) {
            return Optional.empty();
        }
        return Optional.of(new LoaderState("bios", nbp, List.of(library), kernel, initrd, arguments, true));
    }

    private Optional<LoaderState> uefi(Uefi uefi) {
        String kernel = kernel(uefi.debian());
        String initrd = initrd(uefi.debian());
        if (kernel == null || initrd == null) {
            return Optional.empty();
        }
        if (uefi.debian().equals("amd64")) {
            String own = find(Ipxe.UEFI_PATH);
            if (own != null || ipxeAtHand) {
                needsIpxe = own == null;
                return Optional.of(new LoaderState(
                        uefi.name(), own == null ? Ipxe.UEFI_PATH : own, List.of(), kernel, initrd, arguments, true));
            }
        }
        String shim = find("debian-installer/" + uefi.debian() + "/" + uefi.shim());
        String grub = find("debian-installer/" + uefi.debian() + "/" + uefi.grub());
        if (shim == null || grub == null) {
            return syslinux(uefi, kernel, initrd);
        }
        judge(uefi, shim, grub);
        return Optional.of(new LoaderState(uefi.name(), shim, List.of(grub), kernel, initrd, arguments, true));
    }

    /** Decision 028: a GRUB that reads no proxy's offer has no server to ask over PXE. */
    private void judge(Uefi uefi, String shim, String grub) {
        GrubProgram program = grubs.get(grub);
        if (program != null && program.takesProxyOffers()) {
            return;
        }
        String version = program == null || program.version().isEmpty() ? "" : " (GRUB " + program.version() + ")";
        warnings.add(uefi.name().toUpperCase(Locale.ROOT) + " clients get " + shim + " and " + grub + version
                + ", which does not read a boot server's offer: with UEFI HTTP Boot they boot, over PXE they end at GRUB's"
                + " prompt. Put a GRUB in its place that does, such as the grubnet*.efi.signed of Debian 13"
                + (uefi.debian().equals("amd64")
                        ? "; or, for machines without Secure Boot, install the package ipxe on HQ's machine, or set"
                                + " pxemesh.import.ipxe, and import again"
                        : ""));
    }

    /** It asks for the same configuration as PXELINUX does. */
    private Optional<LoaderState> syslinux(Uefi uefi, String kernel, String initrd) {
        String program = find("syslinux.efi");
        String library = find("ldlinux.e64");
        if (!uefi.debian().equals("amd64") || program == null || library == null) {
            return Optional.empty();
        }
        warnings.add(
                "X64-UEFI clients get " + program + ", which nobody signed: machines with Secure Boot on refuse it");
        return Optional.of(new LoaderState(uefi.name(), program, List.of(library), kernel, initrd, arguments, true));
    }

    private @Nullable String kernel(String architecture) {
        return find("debian-installer/" + architecture + "/linux");
    }

    private @Nullable String initrd(String architecture) {
        return find("debian-installer/" + architecture + "/initrd.gz");
    }

    private @Nullable String find(String path) {
        return paths.get(FilePaths.fold(path));
    }
}
