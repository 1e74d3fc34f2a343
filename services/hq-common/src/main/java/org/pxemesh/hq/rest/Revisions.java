package org.pxemesh.hq.rest;

import jakarta.ws.rs.core.EntityTag;
import org.jspecify.annotations.Nullable;

/** An entity's revision as its ETag, so that nobody overwrites what they have not seen (RFC 9110, section 13.1.1). */
public final class Revisions {
    private Revisions() {}

    public static EntityTag tag(long revision) {
        return new EntityTag(Long.toString(revision));
    }

    /**
     * Lets a change pass only when its If-Match names the current revision.
     *
     * @param ifMatch the header, null when it was not sent
     * @throws ProblemException 428 when it was not sent, 412 when it names another revision
     */
    public static void check(@Nullable String ifMatch, long revision) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new ProblemException(Problem.of(
                    428,
                    "precondition required",
                    "send If-Match with the ETag of the revision that you change; it is now \"" + revision + "\"",
                    null));
        }
        String given = ifMatch.strip();
        if (!given.equals("*") && !given.equals("\"" + revision + "\"")) {
            throw new ProblemException(Problem.of(
                    412,
                    "precondition failed",
                    "If-Match is " + given + " but the revision is now \"" + revision + "\": read it again",
                    null));
        }
    }
}
