package org.pxemesh.policyservice.desk;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.pxemesh.hq.rest.Revisions;

/** The shapes of the answers that all kinds of things share. */
public final class Answers {

    private Answers() {}

    /** 200 with a revision as ETag. */
    public static Response ok(Object state, long revision) {
        return Response.ok(state).tag(Revisions.tag(revision)).build();
    }

    /** 200 with the revision as ETag. */
    public static <S> Response ok(Kind<S> kind, S state) {
        return ok(state, kind.revision().applyAsLong(state));
    }

    /** 201 with Location and the revision as ETag. */
    public static <S> Response created(Kind<S> kind, UriInfo here, S state) {
        return Response.created(here.getAbsolutePathBuilder()
                        .path(kind.id().apply(state).toString())
                        .build())
                .entity(state)
                .tag(Revisions.tag(kind.revision().applyAsLong(state)))
                .build();
    }

    /** A part of some things by name; {@code X-Total-Count} says how many there are. */
    public static <S> Response page(Kind<S> kind, Stream<S> all, Part part) {
        Comparator<S> byName =
                Comparator.comparing(state -> kind.name().apply(state).toLowerCase(Locale.ROOT));
        List<S> sorted = all.filter(state -> part.named(kind.name().apply(state)))
                .sorted(byName.thenComparing(kind.id()))
                .toList();
        return Response.ok(part.of(sorted))
                .header("X-Total-Count", sorted.size())
                .build();
    }
}
