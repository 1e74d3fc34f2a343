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
 * What UEFI HTTP Boot gets where a package boots by shim and GRUB: a disk with both of them, the kernel, its RAM disk and
 * the configuration of this boot. The firmware keeps it in memory and boots from it like from a USB stick, Secure Boot and
 * all, and GRUB finds its configuration although the DHCP server names no server of ours.
 */
final class BootDisk {

    /** Firmware tells a disk by this ending, or by the media type that goes with it. */
    static final String NAME = "boot.img";

    private BootDisk() {}

    /** Whether a plan boots better from a disk than from its first program alone. */
    static boolean isFor(BootPlan plan) {
        return plan.loader() == LoaderKind.SHIM_GRUB
                && plan.kernel() != null
                && plan.initrd() != null
                && UefiDisk.program(plan.architecture().label()).isPresent();
    }

    /**
     * The disk; empty where the plan has none, or a part of it is not here yet.
     *
     * @param stored gives files of the package
     */
    static Optional<ServedFile> of(
            BootPlan plan,
            LinuxBoot boot,
            Optional<BootQuestion> question,
            Function<String, Optional<ServedFile>> stored) {
        Optional<String> program = UefiDisk.program(plan.architecture().label());
        Optional<String> configuration = LoaderConfiguration.of("grub.cfg", boot, List.of("disk"), question);
        Map<String, ServedFile.OnDisk> files = new LinkedHashMap<>();
        Stream.concat(Stream.of(plan.nbp(), boot.kernel(), boot.initrd()), plan.next().stream())
                .forEach(path -> stored.apply(path)
                        .filter(ServedFile.OnDisk.class::isInstance)
                        .map(ServedFile.OnDisk.class::cast)
                        .ifPresent(file -> files.put(path, file)));
        if (!isFor(plan)
                || program.isEmpty()
                || configuration.isEmpty()
                || files.size() < 3 + plan.next().size()) {
            return Optional.empty();
        }
        Function<String, UefiDisk.Part> part =
                path -> new UefiDisk.Part(path, found(files, path).size());
        FatVolume volume = UefiDisk.of(
                program.get(),
                part.apply(plan.nbp()),
                plan.next().stream().map(part).toList(),
                Stream.of(boot.kernel(), boot.initrd()).map(part).toList(),
                configuration.get());
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
