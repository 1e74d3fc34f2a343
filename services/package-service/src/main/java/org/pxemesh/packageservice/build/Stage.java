package org.pxemesh.packageservice.build;

import java.util.Locale;

/** The steps of a build, in order. */
public enum Stage {
    QUEUED,
    READING,
    RECOGNISING,
    PACKING,
    PUBLISHING,
    DONE;

    /** As events and REST have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
