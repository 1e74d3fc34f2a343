package org.pxemesh.events;

/** How a deployment reaches the person at the machine. */
public enum DeploymentKind {
    /** Boots without a question. */
    REQUIRED,
    /** Asks first; no answer where the package has no loader that can ask. */
    AVAILABLE,
    /** The machine is sent on to its own disk. */
    LOCAL
}
