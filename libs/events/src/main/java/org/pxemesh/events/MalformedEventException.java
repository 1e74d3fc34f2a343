package org.pxemesh.events;

import java.io.IOException;

/** An event that cannot be read: its message says what was wrong. The record belongs into the dead-letter topic. */
public final class MalformedEventException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedEventException(String message) {
        super(message);
    }

    public MalformedEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
