package org.pxemesh.policyservice.desk;

import java.util.List;
import java.util.UUID;
import org.pxemesh.events.Event;

/**
 * One administrator's act, judged good and not yet written.
 *
 * @param result what the caller gets once it is committed and read back
 * @param events to write in one transaction; none when nothing changes
 * @param act see {@link org.pxemesh.events.AdministratorActed}
 * @param subject kind of thing
 * @param id which one
 * @param revision after the act
 * @param summary one line for people
 */
public record Change<S>(
        S result, List<Event> events, String act, String subject, UUID id, long revision, String summary) {

    public Change {
        events = List.copyOf(events);
    }

    /** What was asked for is so already: nothing is written, the revision stays. */
    public static <S> Change<S> none(S result) {
        return new Change<>(result, List.of(), "", "", new UUID(0, 0), 0, "");
    }
}
