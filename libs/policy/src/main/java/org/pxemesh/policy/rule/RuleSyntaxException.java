package org.pxemesh.policy.rule;

/** A rule that cannot be read: where, and what was expected there. */
public final class RuleSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int position;

    RuleSyntaxException(int position, String what) {
        super("position " + position + ": " + what);
        this.position = position;
    }

    /** The character, counted from 1, at which reading stopped. */
    public int position() {
        return position;
    }
}
