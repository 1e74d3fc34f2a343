package org.pxemesh.policyservice;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;

/** What a request is refused for. */
public final class Complaints {

    private Complaints() {}

    /** Complaints by field, in their order; empty when the request is good. */
    public static Map<String, String> of(Supplier<?> judging) {
        Map<String, String> complaints = new LinkedHashMap<>();
        try {
            var _ = judging.get();
        } catch (ProblemException e) {
            for (Problem.FieldError error : e.problem().errors()) {
                complaints.merge(error.field(), error.detail(), (one, other) -> one + "; " + other);
            }
        }
        return complaints;
    }
}
