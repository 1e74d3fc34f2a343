package org.pxemesh.lab.firmware.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The head of an HTTP request.
 *
 * @param method {@code GET} or {@code HEAD}
 * @param path as the client wrote it
 * @param headers {@code name: value}, in their order
 */
record HttpHead(String method, String path, List<String> headers) {

    static boolean isRequest(byte[] payload) {
        String text = text(payload);
        return text.matches("(?s)(GET|HEAD) \\S+ HTTP/1\\.[01]\r\n.*\r\n\r\n");
    }

    /** The head of what {@link #isRequest} says yes to. */
    static HttpHead of(byte[] payload) {
        String[] lines = text(payload).split("\r\n");
        String[] words = lines[0].split(" ");
        return new HttpHead(
                words[0],
                words[1],
                Arrays.asList(lines).subList(1, lines.length).stream().toList());
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.ISO_8859_1);
    }

    String about() {
        return "HTTP " + method + " " + file();
    }

    /** What two requests of one program for one file have in common. */
    List<String> kind() {
        List<String> kind = new ArrayList<>(List.of(method, file()));
        headers.stream().filter(header -> !header.startsWith("Host:")).forEach(kind::add);
        return kind;
    }

    private String file() {
        return path.substring(path.lastIndexOf('/') + 1).replaceAll("\\?.*", "");
    }

    /** As the fuzzing target reads it: the path, a line for each header, an empty line. */
    byte[] lines() {
        return (path + "\n" + String.join("\n", headers) + "\n\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
