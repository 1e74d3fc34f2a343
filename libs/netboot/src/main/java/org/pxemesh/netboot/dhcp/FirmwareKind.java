package org.pxemesh.netboot.dhcp;

/** How a client's firmware boots over the network; chooses the loader and the reply form. */
public enum FirmwareKind {
    /** A BIOS or its PXE ROM: 16-bit NBP over TFTP. */
    BIOS,
    /** UEFI booting over TFTP. */
    UEFI,
    /** UEFI booting over HTTP: wants a URI, not a file name. */
    UEFI_HTTP,
    /** A boot ROM of a board (Raspberry Pi). */
    BOARD,
    /** A value of option 93 that nobody has told us about. */
    UNKNOWN
}
