package org.pxemesh.events;

/**
 * An administrator's act, for the audit.
 *
 * @param actor who
 * @param act {@code create}, {@code change}, {@code enable}, {@code disable}, {@code delete}, {@code import},
 *     {@code accept-secrets} or {@code retire}
 * @param subject kind of thing, for example {@code policy}
 * @param subjectId which one
 * @param revision after the act
 * @param summary one line for people
 */
public record AdministratorActed(
        String actor, String act, String subject, String subjectId, long revision, String summary) implements Event {}
