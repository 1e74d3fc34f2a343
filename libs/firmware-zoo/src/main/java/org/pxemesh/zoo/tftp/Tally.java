package org.pxemesh.zoo.tftp;

import java.util.Map;

/**
 * What a client saw of one transfer.
 *
 * @param bytes octets of the file, each counted once
 * @param digest FNV-1a over them, to compare two transfers
 * @param packets DATA packets, lost and repeated ones among them
 * @param firstReplyMillis from the request to the first answer; -1 before it
 * @param port the server's port of this transfer; 0 before
 * @param granted the OACK's options
 * @param intruderError the error code that the stranger's port got; -1 for none
 */
public record Tally(
        long bytes,
        long digest,
        long packets,
        long firstReplyMillis,
        int port,
        Map<String, String> granted,
        int intruderError) {

    static final Tally EMPTY = new Tally(0, 0xcbf29ce484222325L, 0, -1, 0, Map.of(), -1);

    Tally packet() {
        return new Tally(bytes, digest, packets + 1, firstReplyMillis, port, granted, intruderError);
    }

    Tally payload(byte[] data) {
        long hash = digest;
        for (int i = 4; i < data.length; i++) {
            hash = (hash ^ data[i] & 255) * 0x100000001b3L;
        }
        return new Tally(bytes + data.length - 4, hash, packets, firstReplyMillis, port, granted, intruderError);
    }

    Tally firstReply(long millis, int from) {
        return firstReplyMillis >= 0 ? this : new Tally(bytes, digest, packets, millis, from, granted, intruderError);
    }

    Tally granted(Map<String, String> options) {
        return new Tally(bytes, digest, packets, firstReplyMillis, port, Map.copyOf(options), intruderError);
    }

    Tally intruder(int code) {
        return new Tally(bytes, digest, packets, firstReplyMillis, port, granted, code);
    }
}
