package org.pxemesh.content;

/** A manifest that is refused; the message names the file and the field and says what was wrong there. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    public ManifestException(String message) {
        super(message);
    }
}
