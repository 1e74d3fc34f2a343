package org.pxemesh.events;

/** What a boot package is, which decides its boot plans. */
public enum PackageKind {
    /** Windows PE from WAIK or ADK. */
    WINDOWS_PE,
    /** A Linux netboot tree with its own loaders. */
    LINUX_NETBOOT,
    /** One EFI program. */
    EFI_APPLICATION,
    /** One BIOS network boot program. */
    RAW_NBP
}
