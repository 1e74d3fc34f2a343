package org.pxemesh.events;

/** Who signed a set of UEFI boot programs; firmware with Secure Boot runs only what it trusts. */
public enum BootSigning {
    /** Microsoft's authority of 2011, whose certificate has ended, and which newest firmware no longer knows. */
    CA2011,
    /** Microsoft's authority of 2023, which older firmware does not know yet. */
    CA2023,
    /** Nobody whom we know; also right for BIOS programs, whose signatures no firmware looks at. */
    UNKNOWN
}
