package org.pxemesh.policyservice.desk;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.Event;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.hq.rest.Revisions;
import org.pxemesh.policy.PolicySnapshot;

/**
 * One kind of thing that administrators make, change and delete.
 *
 * @param word for people and for the audit, for example {@code site}
 * @param table where the things of this kind stand
 * @param changed the event of a new state
 */
public record Kind<S>(
        String word,
        Function<PolicySnapshot, Map<UUID, S>> table,
        Function<S, UUID> id,
        ToLongFunction<S> revision,
        Function<S, String> name,
        Function<S, Event> changed) {

    /**
     * The thing with an id.
     *
     * @throws ProblemException 404 when there is none
     */
    public S find(PolicySnapshot snapshot, UUID id) {
        S state = table.apply(snapshot).get(id);
        if (state == null) {
            throw ProblemException.notFound(word, id);
        }
        return state;
    }

    public Change<S> created(S state) {
        return change(state, List.of(changed.apply(state)), "create", "made");
    }

    /**
     * The change from the state that the caller saw to the one that it wants; none when they are equal.
     *
     * @param ifMatch the header that tells which revision the caller saw
     * @param judged the wanted state at a revision
     */
    public Change<S> replaced(PolicySnapshot snapshot, UUID id, @Nullable String ifMatch, LongFunction<S> judged) {
        S old = find(snapshot, id);
        long seen = revision.applyAsLong(old);
        Revisions.check(ifMatch, seen);
        if (judged.apply(seen).equals(old)) {
            return Change.none(old);
        }
        S next = judged.apply(seen + 1);
        return change(next, List.of(changed.apply(next)), "change", "changed");
    }

    /**
     * The change from the state that the caller saw to nothing.
     *
     * @param ifMatch the header that tells which revision the caller saw
     * @param deleted the event, from the state and its last revision; it throws when the state is still needed
     */
    public Change<S> deleted(PolicySnapshot snapshot, UUID id, @Nullable String ifMatch, Deletion<S> deleted) {
        S old = find(snapshot, id);
        long seen = revision.applyAsLong(old);
        Revisions.check(ifMatch, seen);
        Event event = deleted.event(old, seen + 1);
        return new Change<>(old, List.of(event), "delete", word, id, seen + 1, "deleted " + said(old));
    }

    /** Makes the event of a deletion. */
    @FunctionalInterface
    public interface Deletion<S> {
        Event event(S old, long lastRevision);
    }

    /** Another act than these, for example {@code enable}. */
    public Change<S> change(S state, List<Event> events, String act, String told) {
        return new Change<>(
                state, events, act, word, id.apply(state), revision.applyAsLong(state), told + " " + said(state));
    }

    /** How people read it: {@code site Paris}. */
    public String said(S state) {
        return word + " " + name.apply(state);
    }
}
