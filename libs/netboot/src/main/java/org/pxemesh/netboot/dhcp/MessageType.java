package org.pxemesh.netboot.dhcp;

import java.util.List;

/**
 * The value of option 53 (RFC 2132, 9.6). Open: unknown types are carried, not lost.
 *
 * @param value 0 to 255
 */
public record MessageType(int value) {

    public static final MessageType DISCOVER = new MessageType(1);
    public static final MessageType OFFER = new MessageType(2);
    public static final MessageType REQUEST = new MessageType(3);
    public static final MessageType DECLINE = new MessageType(4);
    public static final MessageType ACK = new MessageType(5);
    public static final MessageType NAK = new MessageType(6);
    public static final MessageType RELEASE = new MessageType(7);
    public static final MessageType INFORM = new MessageType(8);

    /** A BOOTP packet without option 53. */
    public static final MessageType NONE = new MessageType(0);

    private static final List<String> NAMES =
            List.of("none", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM");

    @Override
    public String toString() {
        return value < NAMES.size() ? NAMES.get(value) : "type(" + value + ")";
    }
}
