package org.pxemesh.packageservice.source;

/** A source that is refused; the message says what was wrong, where, and what to do. */
public final class ImportException extends Exception {

    private static final long serialVersionUID = 1L;

    public ImportException(String message) {
        super(message);
    }
}
