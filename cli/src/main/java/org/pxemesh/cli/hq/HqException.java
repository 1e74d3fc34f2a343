package org.pxemesh.cli.hq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** HQ refused, or could not be asked. */
public final class HqException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** HQ answered with an error. */
    public static final int REFUSED = 1;

    /** Nobody answered. */
    public static final int UNREACHABLE = 3;

    private final int exitCode;

    public HqException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** An error of HQ's (RFC 9457): every wrong field on a line of its own. */
    static HqException of(int status, JsonNode problem) {
        List<String> lines = new ArrayList<>();
        for (JsonNode error : problem.path("errors")) {
            lines.add(error.path("field").asText() + ": " + error.path("detail").asText());
        }
        if (lines.isEmpty()) {
            String field = problem.path("field").asText("");
            String detail = problem.path("detail").asText(problem.path("title").asText("HQ answered " + status));
            lines.add(field.isEmpty() || detail.startsWith(field + ":") ? detail : field + ": " + detail);
        }
        return new HqException(String.join(System.lineSeparator(), lines), REFUSED);
    }

    public int exitCode() {
        return exitCode;
    }
}
