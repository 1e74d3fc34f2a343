package org.pxemesh.hq.rest;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.CharConversionException;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.pxemesh.hq.FencedException;

/** Every error that leaves a service over REST is problem+json. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        return response(e.problem());
    }

    @ServerExceptionMapper
    public Response violations(ConstraintViolationException e) {
        List<Problem.FieldError> errors = e.getConstraintViolations().stream()
                .map(v -> new Problem.FieldError(memberPath(v.getPropertyPath().toString()), v.getMessage()))
                .sorted(java.util.Comparator.comparing(Problem.FieldError::field))
                .toList();
        return response(Problem.invalid(errors));
    }

    @ServerExceptionMapper
    public Response mapping(JsonMappingException e) {
        String field = e.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                .collect(Collectors.joining());
        field = field.startsWith(".") ? field.substring(1) : field;
        String detail = e instanceof InvalidFormatException format
                ? "\"" + format.getValue() + "\" is not a " + expected(format.getTargetType())
                : e.getOriginalMessage();
        return response(
                field.isEmpty() ? notJson(detail) : Problem.invalid(List.of(new Problem.FieldError(field, detail))));
    }

    /** Quarkus has a mapper of its own for just this class, whose answer is no problem+json. */
    @ServerExceptionMapper
    public Response mismatched(MismatchedInputException e) {
        return mapping(e);
    }

    @ServerExceptionMapper
    public Response parse(JsonParseException e) {
        return response(notJson(e.getOriginalMessage() + " (line "
                + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")"));
    }

    /** Jackson takes a body whose first octets look like UTF-32 for that, and says otherwise by none of its own exceptions. */
    @ServerExceptionMapper
    public Response encoding(CharConversionException e) {
        return response(notJson(String.valueOf(e.getMessage())));
    }

    @ServerExceptionMapper
    public Response fenced(FencedException e) {
        return response(Problem.of(503, "not the active writer", String.valueOf(e.getMessage()), null));
    }

    /** RESTEasy wraps what Jackson throws while it reads a body. */
    @ServerExceptionMapper
    public Response http(WebApplicationException e) {
        if (e.getCause() instanceof JsonMappingException mapping) {
            return mapping(mapping);
        }
        if (e.getCause() instanceof JsonParseException parse) {
            return parse(parse);
        }
        if (e.getCause() instanceof JsonProcessingException json) {
            return response(notJson(json.getOriginalMessage()));
        }
        Response from = e.getResponse();
        Response.StatusType status = from.getStatusInfo();
        return Response.fromResponse(from)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(
                        status.getStatusCode(), status.getReasonPhrase(), String.valueOf(e.getMessage()), null))
                .build();
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable e) {
        LOG.error("request=failed", e);
        return response(Problem.of(
                500,
                "internal error",
                "the service failed; its log has the cause (" + e.getClass().getSimpleName() + ")",
                null));
    }

    private static Problem notJson(String detail) {
        return Problem.of(400, "invalid request", "the body is not the JSON that is expected: " + detail, null);
    }

    private static String expected(Class<?> type) {
        return type.isEnum() ? "value of " + List.of(type.getEnumConstants()) : type.getSimpleName();
    }

    /** {@code create.site.networks[0]} names the method and its parameter first: people sent {@code networks[0]}. */
    private static String memberPath(String path) {
        String[] parts = path.split("\\.", 3);
        return parts.length < 3 ? parts[parts.length - 1] : parts[2];
    }

    private static Response response(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
