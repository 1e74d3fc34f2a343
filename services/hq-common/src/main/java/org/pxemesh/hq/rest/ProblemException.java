package org.pxemesh.hq.rest;

import java.util.List;

/** A request that is answered with a {@link Problem}. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** 400: the body's field is wrong. */
    public static ProblemException invalid(String field, String detail) {
        return new ProblemException(Problem.invalid(List.of(new Problem.FieldError(field, detail))));
    }

    /** 404: there is no such thing. */
    public static ProblemException notFound(String kind, Object id) {
        return new ProblemException(Problem.of(404, "not found", "there is no " + kind + " " + id, null));
    }

    /** 409: the request does not fit what is there. */
    public static ProblemException conflict(String detail) {
        return new ProblemException(Problem.of(409, "conflict", detail, null));
    }
}
