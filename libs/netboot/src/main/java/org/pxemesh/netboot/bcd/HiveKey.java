package org.pxemesh.netboot.bcd;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A registry key with all that is below it.
 *
 * @param name ASCII, 1 to 255 characters
 * @param keys sorted by their upper-case names, as readers of a hive search them
 */
record HiveKey(String name, List<HiveValue> values, List<HiveKey> keys) {

    HiveKey {
        if (name.isEmpty() || name.length() > 255 || name.chars().anyMatch(c -> c < ' ' || c > '~' || c == '\\')) {
            throw new IllegalArgumentException("a key's name has 1 to 255 ASCII characters: '" + name + "'");
        }
        values = List.copyOf(values);
        keys = keys.stream()
                .sorted(Comparator.comparing(key -> key.name().toUpperCase(Locale.ROOT)))
                .toList();
    }
}
