package org.pxemesh.events;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON leaves absent members null; the records' null marks say which of them may be. */
public final class RequiredComponents {
    private RequiredComponents() {}

    /** Refuses a value in which a component is null that must not be, at any depth. */
    public static void check(@Nullable Object value) throws MalformedEventException {
        switch (value) {
            case Record r -> checkRecord(r);
            case List<?> list -> {
                for (Object element : list) {
                    check(element);
                }
            }
            case Map<?, ?> map -> {
                for (Object element : map.values()) {
                    check(element);
                }
            }
            case null, default -> {}
        }
    }

    private static void checkRecord(Record r) throws MalformedEventException {
        for (RecordComponent component : r.getClass().getRecordComponents()) {
            Object value = get(r, component);
            if (value == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw new MalformedEventException(
                        r.getClass().getSimpleName() + "." + component.getName() + " is missing");
            }
            check(value);
        }
    }

    private static @Nullable Object get(Record r, RecordComponent component) {
        try {
            return component.getAccessor().invoke(r);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record component " + component + " cannot be read", e);
        }
    }
}
