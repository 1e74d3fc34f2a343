package org.pxemesh.netboot.dhcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pxemesh.netboot.Decoded;

/**
 * DHCPv4 packets from and to bytes. Long options are joined and split (RFC 3396), an overloaded {@code file} or
 * {@code sname} (option 52) is read into the options and not written back.
 */
public final class DhcpCodec {

    /** Header and magic cookie, in octets. */
    static final int OPTIONS_OFFSET = 240;

    static final int COOKIE_OFFSET = 236;
    static final int COOKIE = 0x63825363;
    private static final int SNAME_OFFSET = 44;
    private static final int FILE_OFFSET = 108;

    /** BOOTP's least size (RFC 1542, 2.1): some relays and ROMs drop less. */
    private static final int MIN_LENGTH = 300;

    private static final int OVERLOADS_FILE = 1;
    private static final int OVERLOADS_SNAME = 2;

    private DhcpCodec() {}

    /** Reads one datagram, from the buffer's position to its limit; the buffer is not changed. */
    public static Decoded<DhcpPacket> decode(ByteBuffer datagram) {
        ByteBuffer in = datagram.slice();
        if (in.remaining() < OPTIONS_OFFSET) {
            return Decoded.malformed("shorter than a DHCP header: " + in.remaining() + " bytes", in.remaining());
        }
        if (in.getInt(COOKIE_OFFSET) != COOKIE) {
            return Decoded.malformed("no DHCP magic cookie", COOKIE_OFFSET);
        }
        int hlen = in.get(2) & 0xff;
        if (hlen > DhcpPacket.CHADDR_LENGTH) {
            return Decoded.malformed("hlen " + hlen + " does not fit chaddr", 2);
        }
        byte[] chaddr = field(in, 28, DhcpPacket.CHADDR_LENGTH);
        byte[] sname = field(in, SNAME_OFFSET, DhcpPacket.SNAME_LENGTH);
        byte[] file = field(in, FILE_OFFSET, DhcpPacket.FILE_LENGTH);

        Map<OptionCode, ByteArrayOutputStream> parts = new LinkedHashMap<>();
        int bad = collect(in, OPTIONS_OFFSET, in.limit(), parts);
        int overload = overload(parts);
        if (bad < 0 && (overload & OVERLOADS_FILE) != 0) {
            bad = collect(in, FILE_OFFSET, FILE_OFFSET + DhcpPacket.FILE_LENGTH, parts);
            file = new byte[DhcpPacket.FILE_LENGTH];
        }
        if (bad < 0 && (overload & OVERLOADS_SNAME) != 0) {
            bad = collect(in, SNAME_OFFSET, SNAME_OFFSET + DhcpPacket.SNAME_LENGTH, parts);
            sname = new byte[DhcpPacket.SNAME_LENGTH];
        }
        if (bad >= 0) {
            return Decoded.malformed("option reaches beyond its field", bad);
        }
        if (overload != 0) {
            parts.remove(OptionCode.OVERLOAD);
        }
        return Decoded.ok(new DhcpPacket(
                in.get(0) & 0xff,
                in.get(1) & 0xff,
                hlen,
                in.get(3) & 0xff,
                in.getInt(4),
                in.getShort(8) & 0xffff,
                in.getShort(10) & 0xffff,
                new Ipv4Address(in.getInt(12)),
                new Ipv4Address(in.getInt(16)),
                new Ipv4Address(in.getInt(20)),
                new Ipv4Address(in.getInt(24)),
                chaddr,
                sname,
                file,
                join(parts)));
    }

    private static byte[] field(ByteBuffer in, int offset, int length) {
        byte[] value = new byte[length];
        in.get(offset, value);
        return value;
    }

    /** Collects options of one area; returns the offset of the first that does not fit, or -1. */
    private static int collect(ByteBuffer in, int from, int to, Map<OptionCode, ByteArrayOutputStream> parts) {
        int at = from;
        while (at < to) {
            int code = in.get(at) & 0xff;
            if (code == OptionCode.END) {
                return -1;
            }
            if (code == OptionCode.PAD) {
                at++;
                continue;
            }
            if (at + 1 >= to || at + 2 + (in.get(at + 1) & 0xff) > to) {
                return at;
            }
            int length = in.get(at + 1) & 0xff;
            byte[] value = field(in, at + 2, length);
            parts.computeIfAbsent(new OptionCode(code), c -> new ByteArrayOutputStream(length))
                    .writeBytes(value);
            at += 2 + length;
        }
        // A missing end option is tolerated: there are ROMs that fill the packet to its last byte.
        return -1;
    }

    private static int overload(Map<OptionCode, ByteArrayOutputStream> parts) {
        ByteArrayOutputStream value = parts.get(OptionCode.OVERLOAD);
        return value == null || value.size() != 1 ? 0 : value.toByteArray()[0] & 3;
    }

    private static DhcpOptions join(Map<OptionCode, ByteArrayOutputStream> parts) {
        Map<OptionCode, byte[]> values = LinkedHashMap.newLinkedHashMap(parts.size());
        parts.forEach((code, value) -> values.put(code, value.toByteArray()));
        return new DhcpOptions(values);
    }

    /** Writes the packet: option 82 last (RFC 3046, 2.2), padded to BOOTP's least size. */
    public static byte[] encode(DhcpPacket packet) {
        ByteArrayOutputStream options = new ByteArrayOutputStream(128);
        DhcpOptions all = packet.options();
        for (OptionCode code : all.codes()) {
            if (!code.equals(OptionCode.RELAY_AGENT)) {
                write(options, code, all.bytes(code));
            }
        }
        if (all.has(OptionCode.RELAY_AGENT)) {
            write(options, OptionCode.RELAY_AGENT, all.bytes(OptionCode.RELAY_AGENT));
        }
        options.write(OptionCode.END);

        byte[] datagram = new byte[Math.max(MIN_LENGTH, OPTIONS_OFFSET + options.size())];
        ByteBuffer out = ByteBuffer.wrap(datagram);
        out.put((byte) packet.op()).put((byte) packet.htype()).put((byte) packet.hlen());
        out.put((byte) packet.hops()).putInt(packet.xid());
        out.putShort((short) packet.secs()).putShort((short) packet.flags());
        out.putInt(packet.ciaddr().bits()).putInt(packet.yiaddr().bits());
        out.putInt(packet.siaddr().bits()).putInt(packet.giaddr().bits());
        out.put(packet.chaddr()).put(packet.sname()).put(packet.file());
        out.putInt(COOKIE).put(options.toByteArray());
        return datagram;
    }

    private static void write(ByteArrayOutputStream out, OptionCode code, byte[] value) {
        int at = 0;
        do {
            int length = Math.min(255, value.length - at);
            out.write(code.value());
            out.write(length);
            out.writeBytes(Arrays.copyOfRange(value, at, at + length));
            at += length;
        } while (at < value.length);
    }
}
