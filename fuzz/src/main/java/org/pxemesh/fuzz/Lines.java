package org.pxemesh.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.MalformedEventException;

/** A first line, headers as {@code name: value}, an empty line, a body: how targets with several parts take theirs. */
record Lines(String first, Map<String, String> headers, byte[] body) {

    private static final int MOST_HEADERS = 32;

    static Lines of(byte[] bytes) {
        String first = null;
        Map<String, String> headers = new LinkedHashMap<>();
        int at = 0;
        while (at < bytes.length) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String line = new String(bytes, at, end - at, StandardCharsets.UTF_8);
            at = Math.min(end + 1, bytes.length);
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(": ");
            if (first == null) {
                first = line;
            } else if (colon > 0 && headers.size() < MOST_HEADERS) {
                headers.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return new Lines(first == null ? "" : first, headers, Arrays.copyOfRange(bytes, at, bytes.length));
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** The first line is the event's type. */
    Envelope envelope() throws MalformedEventException {
        Map<String, byte[]> raw = new LinkedHashMap<>();
        raw.put("ce_type", first.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, value) -> raw.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return Envelope.of(raw, body);
    }
}
