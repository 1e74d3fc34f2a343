package org.pxemesh.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Captured packets as text, for people, tests and the fuzzer's first corpus: {@code # name}, hexadecimal lines, and after
 * {@code =} what the target made of it.
 */
public final class Captures {

    /**
     * One packet.
     *
     * @param expected the text of the target's result
     */
    public record Capture(String name, byte[] bytes, String expected) {}

    private Captures() {}

    /** The captures of a target. */
    public static List<Capture> of(Target target) {
        try (InputStream in = Captures.class.getResourceAsStream("/captures/" + target.label() + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("no captures for " + target);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("captures of " + target + " cannot be read", e);
        }
    }

    static List<Capture> parse(String text) {
        List<Capture> captures = new ArrayList<>();
        for (String block : text.split("(?m)^# ")) {
            if (!block.isBlank()) {
                String[] parts = block.split("(?m)^= ?", 2);
                String[] lines = parts[0].split("\n", 2);
                byte[] bytes = HexFormat.of().parseHex(lines[1].replaceAll("\\s", ""));
                captures.add(new Capture(lines[0].strip(), bytes, parts.length < 2 ? "" : parts[1].strip()));
            }
        }
        return captures;
    }

    /** The captures' file with what the target makes of them now. */
    static String text(List<Capture> captures, Target target) {
        StringBuilder text = new StringBuilder();
        for (Capture capture : captures) {
            text.append("# ").append(capture.name()).append('\n');
            String hex = HexFormat.of().formatHex(capture.bytes());
            for (int at = 0; at < hex.length(); at += 96) {
                text.append(hex, at, Math.min(at + 96, hex.length())).append('\n');
            }
            text.append("= ").append(result(target, capture.bytes())).append("\n\n");
        }
        return text.toString();
    }

    /** One line, whatever the result's text holds. */
    static String result(Target target, byte[] bytes) {
        return String.valueOf(target.read(bytes))
                .replaceAll("\\[B@[0-9a-f]+", "octets")
                .replaceAll("[^\\x20-\\x7e]", "?")
                .strip();
    }
}
