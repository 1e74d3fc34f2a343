package org.pxemesh.lab.firmware;

/** How far a boot came, in this order. */
public enum Stage {
    /** Switched on, and nothing seen of it yet. */
    POWERED,
    /** The firmware waits for a person. */
    ASKED,
    /** The firmware refused to start the program that it had fetched. */
    REFUSED,
    /** The firmware went on to its next boot device. */
    NEXT_DEVICE,
    /** The first program of the boot (NBP) was fetched, or tells that it runs. */
    NBP,
    /** What the NBP loads by itself runs: GRUB behind shim. */
    LOADER,
    /** The kernel's first line. */
    KERNEL,
    /** The first line of the first process. */
    SYSTEM
}
