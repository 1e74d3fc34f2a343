package org.pxemesh.policy;

import java.util.Locale;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;

/** Which loader runs first: it decides what is made for the client beside the package's files. */
public enum LoaderKind {
    /** pxelinux.0, or syslinux.efi, its sister for UEFI: asks for {@code pxelinux.cfg/...}. */
    PXELINUX,
    /** iPXE: discovers again as itself, and then wants a script. */
    IPXE,
    /** shim, then GRUB: asks for {@code grub/grub.cfg} and its relatives. */
    SHIM_GRUB,
    /** Windows boot manager: asks for the BCD store. */
    WINDOWS,
    /** Hands the machine back to its firmware, which goes on with the next boot device. */
    LOCAL_DISK,
    /** A program that asks for nothing that we make. */
    PLAIN;

    static LoaderKind of(BootDescriptor boot, LoaderState loader) {
        String path = loader.nbp().toLowerCase(Locale.ROOT);
        String name = path.substring(path.lastIndexOf('/') + 1);
        return switch (boot.kind()) {
            case WINDOWS_PE -> WindowsPrograms.byIpxe(loader.windows()) ? IPXE : WINDOWS;
            case EFI_APPLICATION, RAW_NBP -> PLAIN;
            case LINUX_NETBOOT -> isIpxe(name) ? IPXE : isGrub(name) ? SHIM_GRUB : PXELINUX;
        };
    }

    private static boolean isGrub(String name) {
        return name.endsWith(".efi") && !name.startsWith("syslinux");
    }

    /** By the names that the iPXE project gives its builds. */
    private static boolean isIpxe(String name) {
        return name.startsWith("ipxe") || name.startsWith("snponly") || name.startsWith("undionly");
    }
}
