package org.pxemesh.netboot.tftp;

import java.util.List;

/**
 * A TFTP error's number (RFC 1350, RFC 2347). Open: clients invent their own.
 *
 * @param value 0 to 65535
 */
public record ErrorCode(int value) {

    public static final ErrorCode UNDEFINED = new ErrorCode(0);
    public static final ErrorCode NOT_FOUND = new ErrorCode(1);
    public static final ErrorCode ACCESS_VIOLATION = new ErrorCode(2);
    public static final ErrorCode ILLEGAL_OPERATION = new ErrorCode(4);
    public static final ErrorCode UNKNOWN_TRANSFER = new ErrorCode(5);
    /** "Option negotiation failed"; EDK2 sends it to end its question for a file's size. */
    public static final ErrorCode OPTIONS_REFUSED = new ErrorCode(8);

    private static final List<String> NAMES = List.of(
            "undefined",
            "file not found",
            "access violation",
            "disk full",
            "illegal operation",
            "unknown transfer",
            "file exists",
            "no such user",
            "options refused");

    @Override
    public String toString() {
        return value < NAMES.size() ? NAMES.get(value) + "(" + value + ")" : "error(" + value + ")";
    }
}
