package org.pxemesh.mesh;

/** What an administrator said about one peer; it stands above every measured weight. */
public enum Pin {
    /** Nothing: weights decide. */
    NONE,
    /** Taken before every peer that is not preferred, while it is there. */
    PREFERRED,
    /** Never chosen. */
    EXCLUDED
}
