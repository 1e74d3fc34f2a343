package org.pxemesh.netboot.tftp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * What server and client agreed for one transfer. Only options that were asked are acknowledged, never with more than
 * was asked: EDK2 gives up otherwise. Options nobody here knows are passed over in silence.
 *
 * @param blockSize payload of a DATA packet, 8 to 65464 octets
 * @param windowSize blocks before an ACK is awaited (RFC 7440)
 * @param timeoutMillis wait for an ACK before sending again
 * @param acknowledged the OACK's options in the client's order; empty = no OACK, the first DATA follows at once
 */
public record Agreement(int blockSize, int windowSize, int timeoutMillis, Map<String, String> acknowledged) {

    static final int MIN_BLOCK_SIZE = 8;
    static final int MAX_BLOCK_SIZE = 65464;
    static final int DEFAULT_BLOCK_SIZE = 512;
    static final int DEFAULT_TIMEOUT_MILLIS = 1000;

    /** What Microsoft's loader asks with and what it takes for a yes; of no other meaning (Q85). */
    private static final int MSFT_ASKS = 31416;

    private static final String MSFT_GRANTS = "27182";

    /** @param fileLength octets; told exactly when the client asks {@code tsize}, since PXELINUX relies on it */
    public static Agreement negotiate(Map<String, String> asked, long fileLength, TransferLimits limits) {
        Map<String, String> granted = new LinkedHashMap<>();
        int blockSize = DEFAULT_BLOCK_SIZE;
        int windowSize = 1;
        int timeoutMillis = DEFAULT_TIMEOUT_MILLIS;
        for (Map.Entry<String, String> option : asked.entrySet()) {
            OptionalInt value = number(option.getValue());
            if (value.isEmpty()) {
                continue;
            }
            int number = value.getAsInt();
            switch (option.getKey()) {
                case "blksize" -> {
                    if (number >= MIN_BLOCK_SIZE && number <= MAX_BLOCK_SIZE) {
                        blockSize = number;
                        granted.put("blksize", ""); // its value depends on the window: set below
                    }
                }
                case "windowsize" -> {
                    if (number >= 1 && number <= 65535) {
                        windowSize = number;
                        granted.put("windowsize", ""); // its value depends on the block size: set below
                    }
                }
                case "timeout" -> {
                    if (number >= 1 && number <= 255) {
                        timeoutMillis = number * 1000;
                        granted.put("timeout", Integer.toString(number));
                    }
                }
                case "msftwindow" -> {
                    if (limits.clientWindow() && number == MSFT_ASKS) {
                        granted.put("msftwindow", MSFT_GRANTS);
                    }
                }
                case "tsize" -> granted.put("tsize", Long.toString(fileLength));
                default -> {
                    // not acknowledged, so not in force
                }
            }
        }
        if (granted.containsKey("blksize")) {
            blockSize = Math.min(blockSize, limits.maxBlockSize(windowSize));
            granted.put("blksize", Integer.toString(blockSize));
        }
        windowSize = Math.min(windowSize, limits.mostBlocks(blockSize));
        granted.computeIfPresent("windowsize", withValue(windowSize));
        return new Agreement(blockSize, windowSize, timeoutMillis, Collections.unmodifiableMap(granted));
    }

    /** The same with the window that the client named in its last ACK. */
    Agreement withWindow(int blocks) {
        return new Agreement(blockSize, blocks, timeoutMillis, acknowledged);
    }

    /** Whether each ACK carries a fifth octet, the size of the next window (Microsoft's loaders). */
    public boolean clientNamesWindow() {
        return acknowledged.containsKey("msftwindow");
    }

    private static BiFunction<String, String, String> withValue(int value) {
        return (name, old) -> Integer.toString(value);
    }

    private static OptionalInt number(String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    boolean timeoutWasAsked() {
        return acknowledged.containsKey("timeout");
    }

    boolean needsOptionAck() {
        return !acknowledged.isEmpty();
    }
}
