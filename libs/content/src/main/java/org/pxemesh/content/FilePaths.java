package org.pxemesh.content;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a file's path in a package may look like. A path is never used to open a file (content is stored under its
 * digest), but TFTP and HTTP clients ask by it, with either separator and in any case (facts Q91), and an export writes
 * it to a disk: it must therefore mean one file, everywhere.
 */
public final class FilePaths {

    /** Characters; longer ones fit neither TFTP requests nor common file systems. */
    public static final int MAX_LENGTH = 512;

    private static final int MAX_NAME = 255;

    private FilePaths() {}

    /** What is wrong with {@code path}, as the end of a sentence that began with its name; empty if it is fine. */
    public static Optional<String> problem(String path) {
        if (path.isEmpty()) {
            return Optional.of("is empty");
        }
        if (path.length() > MAX_LENGTH) {
            return Optional.of("has " + path.length() + " characters, allowed are " + MAX_LENGTH);
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < 0x20 || c == 0x7f) {
                return Optional.of("has the control character 0x%02x at position %d".formatted((int) c, i));
            }
            if (c == '\\') {
                return Optional.of("has a backslash at position " + i + "; names are separated by /");
            }
            if (Character.isSurrogate(c) && !pairedAt(path, i)) {
                return Optional.of("has half a character at position " + i);
            }
        }
        if (path.charAt(0) == '/') {
            return Optional.of("is absolute: \"" + path + "\"");
        }
        if (!Normalizer.isNormalized(path, Normalizer.Form.NFC)) {
            return Optional.of("is not in Unicode's composed form (NFC): \"" + path + "\"");
        }
        for (String name : path.split("/", -1)) {
            if (name.isEmpty()) {
                return Optional.of("has an empty name in it: \"" + path + "\"");
            }
            if (name.equals(".") || name.equals("..")) {
                return Optional.of("has \"" + name + "\" in it: \"" + path + "\"");
            }
            if (name.length() > MAX_NAME) {
                return Optional.of("has a name of " + name.length() + " characters, allowed are " + MAX_NAME);
            }
        }
        return Optional.empty();
    }

    /** The form under which firmware's spelling is compared: lower case, the same on every machine. */
    public static String fold(String path) {
        return path.toLowerCase(Locale.ROOT);
    }

    /** Why these paths cannot stand in one tree (two that differ in case only; a file that is also a folder). */
    static Optional<String> collision(List<String> paths) {
        Map<String, String> files = HashMap.newHashMap(paths.size());
        for (String path : paths) {
            String other = files.put(fold(path), path);
            if (other != null) {
                return Optional.of(
                        other.equals(path)
                                ? "\"" + path + "\" is listed twice"
                                : "\"" + other + "\" and \"" + path + "\" differ in case only");
            }
        }
        Set<String> folders = new HashSet<>();
        for (String path : files.keySet()) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                if (!folders.add(path.substring(0, slash))) {
                    break;
                }
            }
        }
        for (String path : paths) {
            if (folders.contains(fold(path))) {
                return Optional.of("\"" + path + "\" is both a file and a folder");
            }
        }
        return Optional.empty();
    }

    private static boolean pairedAt(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
