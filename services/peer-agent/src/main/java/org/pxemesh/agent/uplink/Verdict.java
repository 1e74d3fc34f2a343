package org.pxemesh.agent.uplink;

/** What became of a record that came in. */
public sealed interface Verdict {
    /** It is part of the snapshot now. */
    record Applied() implements Verdict {}

    /** A newer or the same revision was here already. */
    record Known() implements Verdict {}

    /** Of a type that only a newer agent knows; left alone. */
    record Unknown(String type) implements Verdict {}

    /**
     * Not acted on: unsigned, altered, expired, or misplaced.
     *
     * @param reason in words
     */
    record Refused(String reason) implements Verdict {}
}
