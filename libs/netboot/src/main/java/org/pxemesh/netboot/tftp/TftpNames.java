package org.pxemesh.netboot.tftp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/**
 * File names as clients write them: {@code \Boot\BCD}, {@code //EFI/x.efi}, {@code smsboot\x64\pxeboot.com}. One form
 * of them all is looked up.
 */
public final class TftpNames {

    private TftpNames() {}

    /**
     * The name with slashes only, none leading or doubled, {@code .} left out; letters keep their case. What some ROMs
     * leave behind a name (0xff, control characters) is cut off.
     *
     * @return empty for a name that is empty, leaves its tree ({@code ..}) or holds control characters
     */
    public static Optional<String> normalise(String asked) {
        String name = withoutGarbage(asked);
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            return Optional.empty();
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : name.replace('\\', '/').split("/", -1)) {
            if (segment.equals("..")) {
                return Optional.empty();
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return segments.isEmpty() ? Optional.empty() : Optional.of(String.join("/", segments));
    }

    private static String withoutGarbage(String name) {
        int end = name.length();
        while (end > 0 && isGarbage(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end);
    }

    private static boolean isGarbage(char c) {
        return c <= ' ' || c >= 0x7f && c < 0xa0 || c == 0xff;
    }

    /** The key under which a normalised name is looked up: Microsoft's loaders do not care for case. */
    public static String key(String normalised) {
        return normalised.toLowerCase(Locale.ROOT);
    }
}
