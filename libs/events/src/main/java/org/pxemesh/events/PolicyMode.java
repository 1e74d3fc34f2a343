package org.pxemesh.events;

/** What peers under a policy do with a boot client. */
public enum PolicyMode {
    /** They answer. */
    ANSWER,
    /** They report what they would have answered, and stay silent. */
    OBSERVE
}
