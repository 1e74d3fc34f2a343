package org.pxemesh.agent;

/** Something that keeps the agent, or one interface of it, from starting; the message says what to do about it. */
public final class StartProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message one line: what is wrong, where, and what to do
     */
    public StartProblem(String message) {
        super(message);
    }

    public StartProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
