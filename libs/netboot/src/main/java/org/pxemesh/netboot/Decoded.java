package org.pxemesh.netboot;

/**
 * What came out of bytes from the network: a value, or the reason and place where they stopped making sense. Decoders
 * never throw for what a stranger sent, so that a hostile packet costs a counter and nothing else.
 *
 * @param <T> the decoded value
 */
public sealed interface Decoded<T> {

    /** The bytes made sense. */
    record Ok<T>(T value) implements Decoded<T> {}

    /**
     * The bytes did not make sense.
     *
     * @param reason what was wrong, for a log line
     * @param offset the byte at which it was seen, counted from the start of the datagram
     */
    record Malformed<T>(String reason, int offset) implements Decoded<T> {}

    static <T> Decoded<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Decoded<T> malformed(String reason, int offset) {
        return new Malformed<>(reason, offset);
    }
}
