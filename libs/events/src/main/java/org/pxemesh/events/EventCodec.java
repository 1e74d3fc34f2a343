package org.pxemesh.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * Events as JSON data. Unknown members are ignored, so that an older reader lives with a newer writer; a missing member
 * of a primitive type or a null where the record has none is refused, and so is anything larger than {@link #MAX_BYTES}.
 */
public final class EventCodec {
    /** Largest data of one event, in bytes; twice the largest that the house writes, and below Kafka's 1 MiB. */
    public static final int MAX_BYTES = 512 * 1024;

    private static final ObjectMapper MAPPER = newMapper();

    private EventCodec() {}

    /** A mapper with the house's settings: ISO-8601 instants, members in the records' order, bounded nesting. */
    public static ObjectMapper newMapper() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxStringLength(MAX_BYTES)
                        .build());
        return mapper;
    }

    /** The JSON data of an event. */
    public static byte[] encode(Event event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event " + event + " has no JSON form", e);
        }
    }

    /**
     * The event in JSON data.
     *
     * @throws MalformedEventException when the type is unknown or the data is not of that type
     */
    public static Event decode(String type, byte[] data) throws MalformedEventException {
        if (data.length > MAX_BYTES) {
            throw new MalformedEventException(
                    "event of type " + type + " has " + data.length + " bytes, more than " + MAX_BYTES);
        }
        Class<? extends Event> record = EventType.find(type)
                .orElseThrow(() -> new MalformedEventException("event type " + type + " is unknown to this version"));
        try {
            Event event = MAPPER.readValue(data, record);
            if (event == null) {
                throw new MalformedEventException("it is null");
            }
            RequiredComponents.check(event);
            return event;
        } catch (IOException e) {
            throw new MalformedEventException("data is not a " + type + ": " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
