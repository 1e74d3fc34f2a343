package org.pxemesh.content;

import java.util.List;

/**
 * What an administrator should know of a package; no boot plan depends on it.
 *
 * @param warnings what it cannot do, or does only with care
 * @param absent files that its kind usually has, and this one has not
 */
public record PackageNotes(List<String> warnings, List<String> absent) {

    /** Of each list. */
    public static final int MAX_NOTES = 64;

    public static final PackageNotes NONE = new PackageNotes(List.of(), List.of());

    public PackageNotes {
        warnings = List.copyOf(warnings);
        absent = List.copyOf(absent);
        if (warnings.size() > MAX_NOTES || absent.size() > MAX_NOTES) {
            throw new IllegalArgumentException("notes have " + warnings.size() + " warnings and " + absent.size()
                    + " absent files, allowed are " + MAX_NOTES + " of each");
        }
    }
}
