package org.pxemesh.agent.boot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pxemesh.content.Sha256;
import org.pxemesh.netboot.disk.Extent;
import org.pxemesh.netboot.disk.FatVolume;
import org.pxemesh.netboot.disk.UefiDisk;
import org.pxemesh.netboot.loader.BootQuestion;
import org.pxemesh.netboot.loader.LinuxBoot;
import org.pxemesh.netboot.loader.LoaderConfiguration;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.LoaderKind;

/**
 * What UEFI HTTP Boot gets where a package has shim and GRUB: a disk with both of them, the kernel, its RAM disk and
 * the configuration of this boot. The firmware keeps it in memory and boots from it like from a USB stick, Secure Boot and
 * all, and GRUB finds its configuration although the DHCP server names no server of ours.
 */
final class BootDisk {

    /** Firmware tells a disk by this ending, or by the media type that goes with it. */
    static final String NAME = "boot.img";

    /** Layouts that are kept, some hundred kilobytes each: connections to one disk share them. */
    private static final int KEPT = 8;

    private final Map<Key, FatVolume> layouts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, FatVolume> eldest) {
            return size() > KEPT;
        }
    };

    /** What a layout follows from; a package's files never change. */
    private record Key(String packageRef, Chain chain, LinuxBoot boot, String configuration) {}

    private FatVolume laidOut(Key key, Supplier<FatVolume> made) {
        synchronized (layouts) {
            return layouts.computeIfAbsent(key, absent -> made.get());
        }
    }

    /**
     * The signed programs of a plan.
     *
     * @param next what shim loads from beside itself
     */
    private record Chain(String shim, List<String> next) {}

    /** Whether a plan boots better from a disk than from its first program alone. */
    static boolean isFor(BootPlan plan) {
        return chain(plan).isPresent();
    }

    /** Whether the first program alone would end at a prompt: shim's GRUB asks no server of ours over HTTP (decision 028). */
    static boolean isOnlyWay(BootPlan plan) {
        return plan.loader() == LoaderKind.SHIM_GRUB && isFor(plan);
    }

    /** A tree that boots by iPXE may have shim and GRUB too; iPXE is signed by nobody, and Secure Boot refuses it. */
    private static Optional<Chain> chain(BootPlan plan) {
        if (plan.kernel() == null
                || plan.initrd() == null
                || UefiDisk.program(plan.architecture().label()).isEmpty()) {
            return Optional.empty();
        }
        return switch (plan.loader()) {
            case SHIM_GRUB -> Optional.of(new Chain(plan.nbp(), plan.next()));
            case IPXE -> beside(plan);
            default -> Optional.empty();
        };
    }

    /** By the names that Debian's installer gives them. */
    private static Optional<Chain> beside(BootPlan plan) {
        String architecture = plan.architecture().label().replace("-uefi", ".efi");
        return plan.files().stream()
                .filter(path -> path.endsWith("/bootnet" + architecture))
                .sorted()
                .map(shim -> new Chain(shim, List.of(shim.replace("/bootnet" + architecture, "/grub" + architecture))))
                .filter(chain -> plan.files().containsAll(chain.next))
                .findFirst();
    }

    /**
     * The disk; empty where the plan has none, or a part of it is not here yet.
     *
     * @param stored gives files of the package
     */
    Optional<ServedFile> of(
            BootPlan plan,
            LinuxBoot boot,
            Optional<BootQuestion> question,
            Function<String, Optional<ServedFile>> stored) {
        Optional<Chain> chain = chain(plan);
        Optional<String> program = UefiDisk.program(plan.architecture().label());
        Optional<String> configuration = LoaderConfiguration.of("grub.cfg", boot, List.of("disk"), question);
        if (chain.isEmpty() || program.isEmpty() || configuration.isEmpty()) {
            return Optional.empty();
        }
        String shim = chain.get().shim;
        List<String> next = chain.get().next;
        Map<String, ServedFile.OnDisk> files = new LinkedHashMap<>();
        for (String path : Stream.concat(Stream.of(shim, boot.kernel(), boot.initrd()), next.stream())
                .toList()) {
            if (!(stored.apply(path).orElse(null) instanceof ServedFile.OnDisk file)) {
                return Optional.empty();
            }
            files.put(path, file);
        }
        Function<String, UefiDisk.Part> part =
                path -> new UefiDisk.Part(path, found(files, path).size());
        FatVolume volume = laidOut(
                new Key(plan.packageRef(), chain.get(), boot, configuration.get()),
                () -> UefiDisk.of(
                        program.get(),
                        part.apply(shim),
                        next.stream().map(part).toList(),
                        Stream.of(boot.kernel(), boot.initrd()).map(part).toList(),
                        configuration.get()));
        return Optional.of(new ServedFile.Disk(NAME, parts(volume, files), digest(volume, files)));
    }

    private static List<ServedFile.Part> parts(FatVolume volume, Map<String, ServedFile.OnDisk> files) {
        List<ServedFile.Part> parts = new ArrayList<>();
        for (Extent extent : volume.extents()) {
            parts.add(
                    switch (extent) {
                        case Extent.Bytes made -> new ServedFile.Part.Made(made.content());
                        case Extent.Stored file ->
                            new ServedFile.Part.OnDisk(
                                    found(files, file.source()).location(), file.length());
                        case Extent.Zeros zeros -> new ServedFile.Part.Zeros(zeros.length());
                    });
        }
        return parts;
    }

    /** Of what was made and the digests of what was stored: different for different disks, without reading them. */
    private static Sha256 digest(FatVolume volume, Map<String, ServedFile.OnDisk> files) {
        MessageDigest digest = Sha256.newDigest();
        for (Extent extent : volume.extents()) {
            switch (extent) {
                case Extent.Bytes made -> digest.update(made.content());
                case Extent.Stored file ->
                    digest.update(found(files, file.source()).digest().hex().getBytes(StandardCharsets.US_ASCII));
                case Extent.Zeros zeros -> {}
            }
        }
        return Sha256.finish(digest);
    }

    private static ServedFile.OnDisk found(Map<String, ServedFile.OnDisk> files, String path) {
        return Objects.requireNonNull(files.get(path), "a part of the disk that nobody looked for");
    }
}
