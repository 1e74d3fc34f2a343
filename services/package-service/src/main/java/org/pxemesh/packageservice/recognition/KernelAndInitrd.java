package org.pxemesh.packageservice.recognition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pxemesh.content.PackageNotes;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;

/** A Linux kernel and its RAM disk, booted by iPXE with the administrator's arguments. */
final class KernelAndInitrd implements KindRecogniser {

    static final String KIND = "kernel-initrd";

    /** Linux' Documentation/arch/x86/boot.rst: "HdrS", and a flag for 64-bit entry since protocol 2.12. */
    private static final int HEADER_AT = 0x202;

    private static final int HEADER = 0x53726448;
    private static final int XLOADFLAGS_AT = 0x236;
    private static final int KERNEL_64 = 1;

    private final Ipxe ipxe;

    KernelAndInitrd(Ipxe ipxe) {
        this.ipxe = ipxe;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String lookedFor() {
        return "a Linux kernel for PCs (linux, vmlinuz*, bzImage, kernel*) and a RAM disk (initrd*, initramfs*), or the"
                + " files named as kernel and initrd";
    }

    @Override
    public Optional<Recognised> recognise(Tree tree, ImportOptions options, Path scratch)
            throws IOException, ImportException {
        Optional<String> kernel = pick(tree, options.kernel(), "kernel", "(vmlinuz|linux|bzimage|kernel).*");
        Optional<String> initrd = pick(tree, options.initrd(), "initrd", "(initrd|initramfs).*");
        if (kernel.isEmpty() || initrd.isEmpty() || !isKernel(tree, kernel.get())) {
            return Optional.empty();
        }
        List<LoaderState> loaders = new ArrayList<>();
        List<PackageFile> files = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        files.add(PackageFile.same(tree, kernel.get()));
        files.add(PackageFile.same(tree, initrd.get()));
        add("bios", Ipxe.BIOS_PATH, ipxe.bios(), kernel.get(), initrd.get(), options, loaders, files, warnings);
        if (is64(tree, kernel.get())) {
            add("x64-uefi", Ipxe.UEFI_PATH, ipxe.uefi(), kernel.get(), initrd.get(), options, loaders, files, warnings);
        } else {
            warnings.add(kernel.get() + " is a 32-bit kernel: UEFI clients are not served");
        }
        if (loaders.isEmpty()) {
            throw new ImportException(
                    kernel.get() + " and " + initrd.get() + " are booted by iPXE, which is not on HQ's"
                            + " machine: install the package ipxe, or set pxemesh.import.ipxe and pxemesh.import.ipxe-bios");
        }
        return Optional.of(new Recognised(
                new BootDescriptor(PackageKind.LINUX_NETBOOT, loaders),
                files,
                new PackageNotes(warnings, List.of()),
                List.of()));
    }

    private static void add(
            String architecture,
            String nbp,
            Optional<Path> binary,
            String kernel,
            String initrd,
            ImportOptions options,
            List<LoaderState> loaders,
            List<PackageFile> files,
            List<String> warnings) {
        if (binary.isEmpty()) {
            warnings.add(architecture + " clients are not served: iPXE's " + nbp.substring(nbp.indexOf('/') + 1)
                    + " is not on HQ's machine (package ipxe)");
            return;
        }
        files.add(PackageFile.added(nbp, binary.get()));
        loaders.add(new LoaderState(architecture, nbp, List.of(), kernel, initrd, options.arguments(), true));
    }

    private static Optional<String> pick(Tree tree, Optional<String> named, String what, String pattern)
            throws ImportException {
        if (named.isPresent()) {
            return Optional.of(tree.find(named.get().replace('\\', '/'))
                    .orElseThrow(() -> new ImportException(what + " " + named.get() + " is not in the source")));
        }
        List<String> fitting = tree.paths().stream()
                .filter(path -> path.substring(path.lastIndexOf('/') + 1)
                        .toLowerCase(Locale.ROOT)
                        .matches(pattern))
                .toList();
        if (fitting.size() > 1) {
            return Optional.empty();
        }
        return fitting.stream().findFirst();
    }

    private static boolean isKernel(Tree tree, String path) throws IOException {
        ByteBuffer head = head(tree, path);
        return head.limit() > XLOADFLAGS_AT + 2 && head.getInt(HEADER_AT) == HEADER;
    }

    private static boolean is64(Tree tree, String path) throws IOException {
        return (head(tree, path).getShort(XLOADFLAGS_AT) & KERNEL_64) != 0;
    }

    private static ByteBuffer head(Tree tree, String path) throws IOException {
        return ByteBuffer.wrap(tree.head(path, 1024)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
