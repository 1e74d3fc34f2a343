package org.pxemesh.events;

/** What content peers under a policy hold. */
public enum HoldKind {
    /** The packages of live deployments. */
    DEPLOYED,
    /** The packages that the policy lists. */
    LISTED,
    /** None: they point at other holders. */
    NOTHING
}
