package org.pxemesh.events;

import java.nio.charset.StandardCharsets;

/**
 * A {@code down} record as it travels from HQ over the uplink to every peer, each of which verifies it by itself.
 *
 * <p>The signature covers topic, key and type beside the data: a record that was rightly signed for one place would
 * otherwise be accepted in another, say an enabled policy under a second key.
 *
 * @param topic where HQ wrote it
 * @param key the entity
 * @param envelope with key id, signature and data
 */
public record SignedRecord(String topic, String key, Envelope envelope) {
    private static final String CONTEXT = "pxemesh-record-v1";

    /** What the signature is over: context, topic, key and type, each ended by a NUL, then the data. */
    public static byte[] signedBytes(String topic, String key, String type, byte[] data) {
        byte[] head = (CONTEXT + '\0' + topic + '\0' + key + '\0' + type + '\0').getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + data.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(data, 0, all, head.length, data.length);
        return all;
    }

    byte[] signedBytes() {
        return signedBytes(topic, key, envelope.type(), envelope.data());
    }
}
