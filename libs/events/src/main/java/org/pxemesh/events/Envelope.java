package org.pxemesh.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent 1.0 in Kafka's binary content mode: attributes in headers, JSON data in the value (CloudEvents Kafka
 * Protocol Binding, section 3.2).
 *
 * @param id unique per source; an agent's is {@code agent:start:sequence}
 * @param source who wrote it, a URI reference such as {@code /policy-service}
 * @param type see {@link EventType}
 * @param time wall time of the source, for display
 * @param keyId which key signed the record, null where it is not signed
 * @param signature see {@link SignedRecord}, null where it is not signed
 * @param data JSON
 */
public record Envelope(
        String id,
        String source,
        String type,
        Instant time,
        @Nullable String keyId,
        byte @Nullable [] signature,
        byte[] data) {

    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    /** An unsigned envelope around an event. */
    public static Envelope of(String id, String source, Instant time, Event event) {
        return new Envelope(id, source, EventType.of(event.getClass()), time, null, null, EventCodec.encode(event));
    }

    /** The event inside. */
    public Event event() throws MalformedEventException {
        return EventCodec.decode(type, data);
    }

    /** The headers of the Kafka record, in a fixed order. */
    public Map<String, byte[]> headers() {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id);
        put(headers, "ce_source", source);
        put(headers, "ce_type", type);
        put(headers, "ce_time", time.toString());
        put(headers, "content-type", "application/json");
        if (keyId != null && signature != null) {
            put(headers, "ce_keyid", keyId);
            put(headers, "ce_sig", BASE64.encodeToString(signature));
        }
        return headers;
    }

    /**
     * The envelope of a Kafka record.
     *
     * @throws MalformedEventException naming the header that is missing or wrong
     */
    public static Envelope of(Map<String, byte[]> headers, byte @Nullable [] value) throws MalformedEventException {
        if (value == null) {
            throw new MalformedEventException("record has no value");
        }
        String version = required(headers, "ce_specversion");
        if (!version.equals("1.0")) {
            throw new MalformedEventException("header ce_specversion is " + version + ", only 1.0 is known");
        }
        String keyId = text(headers, "ce_keyid");
        String signature = text(headers, "ce_sig");
        try {
            return new Envelope(
                    required(headers, "ce_id"),
                    required(headers, "ce_source"),
                    required(headers, "ce_type"),
                    Instant.parse(required(headers, "ce_time")),
                    keyId,
                    signature == null ? null : Base64.getDecoder().decode(signature),
                    value);
        } catch (DateTimeException e) {
            throw new MalformedEventException("header ce_time is not an ISO-8601 instant", e);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException("header ce_sig is not base64", e);
        }
    }

    private static void put(Map<String, byte[]> headers, String name, String value) {
        headers.put(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String required(Map<String, byte[]> headers, String name) throws MalformedEventException {
        String value = text(headers, name);
        if (value == null) {
            throw new MalformedEventException("header " + name + " is missing: not a CloudEvent in binary mode");
        }
        return value;
    }

    private static @Nullable String text(Map<String, byte[]> headers, String name) {
        byte[] value = headers.get(name);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
