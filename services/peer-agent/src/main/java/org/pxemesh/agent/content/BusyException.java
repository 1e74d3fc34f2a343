package org.pxemesh.agent.content;

import java.io.IOException;

/** The source has too many requests already; it says so with 503. */
final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    BusyException() {
        super("busy");
    }
}
