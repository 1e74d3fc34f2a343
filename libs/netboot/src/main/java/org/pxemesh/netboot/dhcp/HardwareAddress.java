package org.pxemesh.netboot.dhcp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The client's hardware address ({@code chaddr}, 1 to 16 octets). Usually a MAC of six, but EDK2 can be built to send
 * its 16-octet system GUID here (PcdDhcp4 "SendGUID"), so the length is never assumed.
 */
public final class HardwareAddress {

    /** Octets that {@code chaddr} can hold. */
    public static final int MAX_LENGTH = 16;

    private static final int MAC_LENGTH = 6;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final byte[] octets;

    /** Made when it is first asked for; all threads would make the same. */
    private @Nullable String text;

    private final int hash;

    private HardwareAddress(byte[] octets) {
        this.octets = octets;
        this.hash = hash(octets);
    }

    /**
     * Copies the octets.
     *
     * @throws IllegalArgumentException for less than 1 or more than 16 octets
     */
    public static HardwareAddress of(byte[] octets) {
        if (octets.length < 1 || octets.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a hardware address has 1 to 16 octets, not " + octets.length);
        }
        return new HardwareAddress(octets.clone());
    }

    /** A MAC, the six octets from a place on. */
    public static HardwareAddress mac(byte[] datagram, int at) {
        return new HardwareAddress(Arrays.copyOfRange(datagram, at, at + MAC_LENGTH));
    }

    /**
     * Reads {@code 52:54:00:00:00:01} (or with dashes).
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static HardwareAddress parse(String text) {
        return of(COLONS.parseHex(text.replace('-', ':')));
    }

    public byte[] octets() {
        return octets.clone();
    }

    /** Writes the octets. */
    public void writeTo(ByteBuffer out) {
        out.put(octets);
    }

    public int length() {
        return octets.length;
    }

    /** Whether the first three octets are the given vendor's, for example {@code 0xb827eb}. */
    public boolean hasVendor(int oui) {
        return octets.length == 6 && ((octets[0] & 0xff) << 16 | (octets[1] & 0xff) << 8 | octets[2] & 0xff) == oui;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardwareAddress that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private static int hash(byte[] octets) {
        // Machines bought together have addresses in a row, which Arrays.hashCode maps to few values.
        long all = 0;
        for (byte octet : octets) {
            all = all * 257 + (octet & 0xff);
        }
        return (int) (all * 0x9e3779b97f4a7c15L >>> 32);
    }

    /** Lower case with colons: {@code 52:54:00:00:00:01}. */
    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = COLONS.formatHex(octets);
            text = known;
        }
        return known;
    }
}
