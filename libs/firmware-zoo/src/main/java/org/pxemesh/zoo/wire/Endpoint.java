package org.pxemesh.zoo.wire;

/**
 * A UDP address.
 *
 * @param address IPv4 in network order
 * @param port 0 to 65535
 */
public record Endpoint(int address, int port) {

    /** 255.255.255.255. */
    public static final int BROADCAST = -1;

    /**
     * Reads dotted decimal notation.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static int address(String text) {
        String[] parts = text.split("\\.", -1);
        int bits = 0;
        for (String part : parts) {
            int octet = part.matches("\\d{1,3}") ? Integer.parseInt(part) : 256;
            if (parts.length != 4 || octet > 255) {
                throw new IllegalArgumentException("not an IPv4 address: '" + text + "'; write it as 192.168.1.10");
            }
            bits = bits << 8 | octet;
        }
        return bits;
    }

    /** Dotted decimal notation. */
    public static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    @Override
    public String toString() {
        return text(address) + ":" + port;
    }
}
