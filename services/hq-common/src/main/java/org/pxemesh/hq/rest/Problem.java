package org.pxemesh.hq.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as a client sees it (RFC 9457, {@code application/problem+json}).
 *
 * @param title what kind of error, the same for every case of it
 * @param status of the HTTP response
 * @param detail what was wrong here and what to do
 * @param field path of the member that was wrong, for example {@code networks[0]}; null when it was none
 * @param errors all that is wrong when several fields are
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String title, int status, String detail, @Nullable String field, List<FieldError> errors) {

    /** One field that is wrong. */
    public record FieldError(String field, String detail) {}

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    /** A problem of one field or of none. */
    public static Problem of(int status, String title, String detail, @Nullable String field) {
        return new Problem(title, status, detail, field, List.of());
    }

    /** A body with wrong fields, of which the first stands in {@code field}. */
    public static Problem invalid(List<FieldError> errors) {
        FieldError first = errors.getFirst();
        return new Problem("invalid request", 400, first.field() + ": " + first.detail(), first.field(), errors);
    }
}
