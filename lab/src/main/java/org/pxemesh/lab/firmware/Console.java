package org.pxemesh.lab.firmware;

import java.util.regex.Pattern;

/** What a serial console showed, for reading and for finding things. */
final class Console {
    /** ECMA-48 control sequences: firmware and GRUB paint with them. */
    private static final Pattern PAINT = Pattern.compile("\u001b(\\[[0-9;=?]*[A-Za-z]|[()][A-Z0-9]|[=>c])");

    private static final int LINE = 160;

    private Console() {}

    /** Without colours and cursor movements; line ends are {@code \n}. */
    static String plain(String shown) {
        return PAINT.matcher(shown).replaceAll("").replace('\r', '\n').replaceAll("\n+", "\n");
    }

    /** The line of a text around a position, cut to a readable length. */
    static String lineAt(String text, int at) {
        int from = text.lastIndexOf('\n', at) + 1;
        int to = text.indexOf('\n', at);
        int end = to < 0 ? text.length() : to;
        // A screen that is painted has no line ends.
        int begin = end - from <= LINE ? from : Math.max(from, at - LINE / 4);
        return text.substring(begin, Math.min(end, begin + LINE)).strip().replaceAll(" {2,}", " ");
    }
}
