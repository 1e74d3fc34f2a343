package org.pxemesh.policy.rule;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of one computer, as names and values: {@code os=linux}, {@code site=Paris}, {@code chassis=laptop}.
 * Names compare without regard to case, as people type them; values keep their spelling.
 */
public record Labels(SortedMap<String, String> values) {

    public static final Labels NONE = new Labels(new TreeMap<>());

    public Labels {
        SortedMap<String, String> lower = new TreeMap<>();
        values.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        values = Collections.unmodifiableSortedMap(lower);
    }

    public static Labels of(Map<String, String> values) {
        return values.isEmpty() ? NONE : new Labels(new TreeMap<>(values));
    }

    /** The value of a label, or empty when the computer does not carry it. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }

    /** These labels and the others; where both carry a name, the others' value stays. */
    public Labels overlaidWith(Labels others) {
        SortedMap<String, String> both = new TreeMap<>(values);
        both.putAll(others.values);
        return new Labels(both);
    }

    /** These labels and one more; an empty or blank value leaves them as they are. */
    public Labels with(String name, String value) {
        return value.isBlank() ? this : overlaidWith(of(Map.of(name, value)));
    }
}
