package org.pxemesh.hq;

import org.jspecify.annotations.Nullable;

/** A newer instance of this service writes now; this one must not. */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FencedException(String source, @Nullable Throwable cause) {
        super("a newer instance of " + source + " has taken over its topics; this one can be stopped", cause);
    }
}
