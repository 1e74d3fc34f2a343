package org.pxemesh.zoo.audit;

/**
 * One check of a server.
 *
 * @param fact the statement of the protocol facts that it comes from, for example {@code Q21}
 * @param check what was looked at
 * @param expected empty where nothing needs to be said
 * @param seen what was there instead, or why the check does not apply
 */
public record Finding(String fact, String check, Verdict verdict, String expected, String seen) {

    /** How a check ended. */
    public enum Verdict {
        PASSED,
        FAILED,
        NOT_APPLICABLE
    }

    static Finding of(String fact, String check, boolean holds, String expected, String seen) {
        return new Finding(fact, check, holds ? Verdict.PASSED : Verdict.FAILED, expected, seen);
    }

    static Finding notApplicable(String fact, String check, String why) {
        return new Finding(fact, check, Verdict.NOT_APPLICABLE, "", why);
    }

    public boolean failed() {
        return verdict == Verdict.FAILED;
    }

    @Override
    public String toString() {
        return fact + " " + check + ": " + verdict + (failed() ? ", expected " + expected + ", saw " + seen : "");
    }
}
