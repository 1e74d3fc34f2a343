package org.pxemesh.agent.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.netboot.loader.LoaderConfiguration;

/**
 * A request's path in parts: {@code /room/id/rest}. Each is empty where the path has none.
 *
 * @param rest decoded; empty where its escapes are none
 */
public record AskedPath(String room, String id, String rest) {

    private static final Pattern POLL = Pattern.compile("(\\d{1,3})/" + Pattern.quote(LoaderConfiguration.IPXE_SCRIPT));

    /** Cuts a path. */
    public static AskedPath of(String path) {
        String[] parts = path.split("/", 4); // "", room, id, rest
        return new AskedPath(
                parts.length > 1 ? parts[1] : "",
                parts.length > 2 ? parts[2] : "",
                parts.length > 3 ? decoded(parts[3]) : "");
    }

    /** How often an iPXE that waits may still ask, when that is what the rest says. */
    public OptionalInt questionsLeft() {
        Matcher left = POLL.matcher(rest);
        return left.matches() ? OptionalInt.of(Integer.parseInt(left.group(1))) : OptionalInt.empty();
    }

    static String decoded(String text) {
        try {
            // A plus sign in a path means itself.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
