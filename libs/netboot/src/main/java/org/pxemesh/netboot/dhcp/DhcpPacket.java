package org.pxemesh.netboot.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A DHCPv4 packet (RFC 2131, 2) as its fields. {@code hlen} is kept as sent; {@code chaddr}, {@code sname} and
 * {@code file} are kept as raw fields of 16, 64 and 128 octets so that a reply can mirror them bit by bit.
 *
 * @param op 1 request, 2 reply
 * @param xid the client's transaction
 * @param secs seconds since the client began, as it says
 * @param flags 0x8000 = answer by broadcast
 */
public record DhcpPacket(
        int op,
        int htype,
        int hlen,
        int hops,
        int xid,
        int secs,
        int flags,
        Ipv4Address ciaddr,
        Ipv4Address yiaddr,
        Ipv4Address siaddr,
        Ipv4Address giaddr,
        byte[] chaddr,
        byte[] sname,
        byte[] file,
        DhcpOptions options) {

    public static final int BOOTREQUEST = 1;
    public static final int BOOTREPLY = 2;
    public static final int BROADCAST_FLAG = 0x8000;
    public static final int CHADDR_LENGTH = 16;
    public static final int SNAME_LENGTH = 64;
    public static final int FILE_LENGTH = 128;

    public DhcpPacket {
        requireLength("chaddr", chaddr, CHADDR_LENGTH);
        requireLength("sname", sname, SNAME_LENGTH);
        requireLength("file", file, FILE_LENGTH);
    }

    private static void requireLength(String field, byte[] value, int length) {
        if (value.length != length) {
            throw new IllegalArgumentException(field + " has " + length + " octets, not " + value.length);
        }
    }

    public MessageType messageType() {
        return options.messageType();
    }

    /**
     * The client's address: the first {@code hlen} octets of {@code chaddr}.
     *
     * @throws IllegalStateException when {@code hlen} is not 1 to 16; see {@link #hasHardwareAddress()}
     */
    public HardwareAddress hardwareAddress() {
        if (!hasHardwareAddress()) {
            throw new IllegalStateException("hlen is " + hlen + ", so there is no hardware address");
        }
        return HardwareAddress.of(Arrays.copyOf(chaddr, hlen));
    }

    public boolean hasHardwareAddress() {
        return hlen >= 1 && hlen <= HardwareAddress.MAX_LENGTH;
    }

    /** The header's boot file name up to its NUL. */
    public String fileName() {
        return upToNul(file);
    }

    /** The header's server name up to its NUL. */
    public String serverName() {
        return upToNul(sname);
    }

    private static String upToNul(byte[] field) {
        int end = 0;
        while (end < field.length && field[end] != 0) {
            end++;
        }
        return new String(field, 0, end, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpPacket that
                && op == that.op
                && htype == that.htype
                && hlen == that.hlen
                && hops == that.hops
                && xid == that.xid
                && secs == that.secs
                && flags == that.flags
                && ciaddr.equals(that.ciaddr)
                && yiaddr.equals(that.yiaddr)
                && siaddr.equals(that.siaddr)
                && giaddr.equals(that.giaddr)
                && Arrays.equals(chaddr, that.chaddr)
                && Arrays.equals(sname, that.sname)
                && Arrays.equals(file, that.file)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return 31 * xid + options.hashCode();
    }

    @Override
    public String toString() {
        return messageType() + " xid=" + Integer.toHexString(xid) + " chaddr="
                + (hasHardwareAddress() ? hardwareAddress() : "none") + " options=" + options;
    }
}
