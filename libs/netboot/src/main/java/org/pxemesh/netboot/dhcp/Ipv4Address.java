package org.pxemesh.netboot.dhcp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IPv4 address as its 32 bits in network order. A value of our own because {@link InetAddress} may carry host names
 * and may look them up.
 *
 * @param bits the address, most significant octet first
 */
public record Ipv4Address(int bits) {

    /** 0.0.0.0: "none" in every address field of a DHCP packet. */
    public static final Ipv4Address NONE = new Ipv4Address(0);

    /** 255.255.255.255: every host of the segment. */
    public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

    /**
     * Reads dotted decimal notation.
     *
     * @throws IllegalArgumentException when the text is not four decimal numbers of 0 to 255
     */
    public static Ipv4Address parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw notAnAddress(text);
        }
        int bits = 0;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw notAnAddress(text);
            }
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                throw notAnAddress(text);
            }
            bits = bits << 8 | octet;
        }
        return new Ipv4Address(bits);
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("not an IPv4 address: '" + text + "'; write it as 192.168.1.10");
    }

    public static Ipv4Address of(Inet4Address address) {
        byte[] b = address.getAddress();
        return new Ipv4Address((b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | b[3] & 0xff);
    }

    public boolean isNone() {
        return bits == 0;
    }

    /** The four octets, most significant first. */
    public byte[] octets() {
        return new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    }

    public Inet4Address toInetAddress() {
        try {
            return (Inet4Address) InetAddress.getByAddress(octets());
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets are always an address", e);
        }
    }

    /** Written out, as it is compared for each packet. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Ipv4Address that && bits == that.bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
