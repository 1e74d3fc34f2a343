package org.pxemesh.packageservice.source;

import java.util.ArrayDeque;
import java.util.Deque;
import org.pxemesh.content.FilePaths;

/** Names in archives: hostile until they are known to stay inside. */
final class ArchiveNames {

    private ArchiveNames() {}

    /** An entry's name as a path in the package; {@code ./} before it and {@code /} behind it are habit, not harm. */
    static String relative(String name) throws ImportException {
        // Zips made on Windows may have backslashes between names, whatever their format says.
        String path = name.replace('\\', '/');
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.isEmpty() || path.equals(".")) {
            return "";
        }
        var problem = FilePaths.problem(path);
        if (problem.isPresent()) {
            throw new ImportException("an entry's name in the archive " + problem.get());
        }
        return path;
    }

    /** Where a link at {@code path} leads; {@code ..} is fine in it as long as it stays inside. */
    static String targetOf(String path, String target) throws ImportException {
        if (target.startsWith("/") || target.indexOf('\0') >= 0) {
            throw escape(path, target);
        }
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            names.addLast(name);
        }
        names.pollLast();
        for (String name : target.split("/", -1)) {
            if (name.equals("..")) {
                if (names.pollLast() == null) {
                    throw escape(path, target);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return String.join("/", names);
    }

    private static ImportException escape(String path, String target) {
        return new ImportException(
                path + " is a link to \"" + target.replaceAll("\\p{Cntrl}", "?") + "\", out of the archive");
    }
}
