package org.pxemesh.policyservice.desk;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.pxemesh.hq.rest.ProblemException;

/** Which part of a list is asked for. */
public class Part {

    private static final int MAX_LIMIT = 10_000;

    @QueryParam("name")
    @Parameter(description = "only what has this name, without regard to case")
    @Nullable
    String name;

    @QueryParam("offset")
    @DefaultValue("0")
    @Parameter(description = "how many to leave out")
    int offset;

    @QueryParam("limit")
    @DefaultValue("1000")
    @Parameter(description = "how many to give at most, 1 to 10000; X-Total-Count says how many there are")
    int limit;

    boolean named(String candidate) {
        return name == null || name.equalsIgnoreCase(candidate);
    }

    /** @throws ProblemException 400 naming the parameter that is out of range */
    <T> List<T> of(List<T> sorted) {
        if (offset < 0) {
            throw ProblemException.invalid("offset", "must be 0 or more");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemException.invalid("limit", "must be 1 to " + MAX_LIMIT);
        }
        int from = Math.min(offset, sorted.size());
        return sorted.subList(from, (int) Math.min((long) from + limit, sorted.size()));
    }
}
