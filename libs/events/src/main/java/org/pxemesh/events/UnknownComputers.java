package org.pxemesh.events;

/** What peers do with a boot client that HQ does not know. */
public enum UnknownComputers {
    /** Stay silent, with the reason. */
    IGNORE,
    /** Boot it by a deployment for unknown computers. */
    BOOT
}
