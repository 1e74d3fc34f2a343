package org.pxemesh.policy;

import java.util.Locale;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;

/** Which loader runs first: it decides which configuration files are made for the client. */
public enum LoaderKind {
    /** pxelinux.0: asks for {@code pxelinux.cfg/...}. */
    PXELINUX,
    /** shim, then GRUB: asks for {@code grub/grub.cfg} and its relatives. */
    SHIM_GRUB,
    /** Windows boot manager: asks for the BCD store. */
    WINDOWS,
    /** A program that asks for nothing that we make. */
    PLAIN;

    static LoaderKind of(BootDescriptor boot, LoaderState loader) {
        return switch (boot.kind()) {
            case WINDOWS_PE -> WINDOWS;
            case EFI_APPLICATION, RAW_NBP -> PLAIN;
            case LINUX_NETBOOT -> loader.nbp().toLowerCase(Locale.ROOT).endsWith(".efi") ? SHIM_GRUB : PXELINUX;
        };
    }
}
