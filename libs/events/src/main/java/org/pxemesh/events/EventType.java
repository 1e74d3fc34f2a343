package org.pxemesh.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * CloudEvents types and the records behind them. {@code BootOffered} is {@code org.pxemesh.boot.offered.v1}, {@code
 * PackageBuildFailed} is {@code org.pxemesh.package.build-failed.v1}: the first word of the record's name is the
 * subject, the others say what happened.
 */
public final class EventType {
    private static final Map<String, Class<? extends Event>> BY_TYPE = Arrays.stream(
                    Event.class.getPermittedSubclasses())
            .<Class<? extends Event>>map(c -> c.asSubclass(Event.class))
            .collect(Collectors.toUnmodifiableMap(EventType::made, Function.identity()));

    private static final Map<Class<? extends Event>, String> TYPES =
            BY_TYPE.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private EventType() {}

    /** The type of a record. */
    public static String of(Class<? extends Event> record) {
        String known = TYPES.get(record);
        return known == null ? made(record) : known;
    }

    private static String made(Class<? extends Event> record) {
        String name = record.getSimpleName();
        int second = 1;
        while (second < name.length() && !Character.isUpperCase(name.charAt(second))) {
            second++;
        }
        String happened =
                name.substring(second).replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        return "org.pxemesh." + name.substring(0, second).toLowerCase(Locale.ROOT) + "." + happened + ".v1";
    }

    /** The record behind a type, empty for a type that this version does not know. */
    public static Optional<Class<? extends Event>> find(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    /** All types that this version knows. */
    public static Set<String> all() {
        return BY_TYPE.keySet();
    }
}
