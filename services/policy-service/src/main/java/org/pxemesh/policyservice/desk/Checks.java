package org.pxemesh.policyservice.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.policy.PolicySnapshot;

/** Gathers all that is wrong with a request, so that people mend it in one go. */
public final class Checks {

    private static final int MAX_NAME = 100;
    private static final int USERS_NAMED = 10;

    private final List<Problem.FieldError> errors = new ArrayList<>();

    public void that(boolean holds, String field, String detail) {
        if (!holds) {
            wrong(field, detail);
        }
    }

    public void wrong(String field, String detail) {
        errors.add(new Problem.FieldError(field, detail));
    }

    /**
     * The elements of a list that was sent, or none; null among them is wrong, and so are more than {@code most}.
     *
     * @param judge looks at each element, with the name of its place, for example {@code macs[3]}
     */
    public <T> List<T> each(@Nullable List<@Nullable T> sent, String field, int most, BiConsumer<String, T> judge) {
        if (sent == null) {
            return List.of();
        }
        that(sent.size() <= most, field, "has " + sent.size() + " entries, at most " + most + " are taken");
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < Math.min(sent.size(), most); i++) {
            String place = field + "[" + i + "]";
            T element = sent.get(i);
            if (element == null) {
                wrong(place, "must not be null");
            } else {
                judge.accept(place, element);
                elements.add(element);
            }
        }
        return elements;
    }

    /** A name for people: 1 to 100 characters, no control characters, no blanks around. */
    public String name(@Nullable String sent) {
        String name = sent == null ? "" : sent.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            wrong("name", "must have 1 to " + MAX_NAME + " characters and no control characters");
        }
        return name;
    }

    /** Two things of a kind with one name would be told apart by nobody. */
    public <S> void unique(String name, UUID self, PolicySnapshot snapshot, Kind<S> kind) {
        boolean taken = kind.table().apply(snapshot).values().stream()
                .anyMatch(other -> !kind.id().apply(other).equals(self)
                        && kind.name().apply(other).equalsIgnoreCase(name));
        that(!taken, "name", "\"" + name + "\" is taken");
    }

    /**
     * The body of a request.
     *
     * @throws ProblemException 400 when it was empty or the word null
     */
    public static <T> T body(@Nullable T sent) {
        if (sent == null) {
            throw new ProblemException(
                    Problem.of(400, "invalid request", "the body is empty; send a JSON object", null));
        }
        return sent;
    }

    /**
     * Ends the checks.
     *
     * @throws ProblemException 400 with all that is wrong
     */
    public void done() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }

    /**
     * Refuses to delete a thing that others need.
     *
     * @throws ProblemException 409 naming who uses it
     */
    public static void unused(String what, Stream<String> users) {
        List<String> all = users.sorted().toList();
        if (!all.isEmpty()) {
            String named = String.join(", ", all.subList(0, Math.min(USERS_NAMED, all.size())));
            String more = all.size() > USERS_NAMED ? " and " + (all.size() - USERS_NAMED) + " more" : "";
            throw ProblemException.conflict(what + " is in use by " + named + more + ": change these first");
        }
    }
}
