package org.pxemesh.lab.replay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** DHCP packets as a firmware writes and reads them; on purpose not the agent's own codec. */
final class DhcpWire {

    static final int DISCOVER = 1;
    static final int REQUEST = 3;
    /** Values of option 93 under which UEFI boots over HTTP. */
    private static final Set<Integer> HTTP_BOOT = Set.of(15, 16, 18, 19);

    private static final int OPTIONS = 240;
    private static final byte[] COOKIE = {99, (byte) 130, 83, 99};

    private DhcpWire() {}

    /**
     * A boot client's packet.
     *
     * @param architecture option 93
     * @param ipxe whether an iPXE that the firmware has loaded asks
     * @param ciaddr the client's address when it has one, or null
     * @param requested option 50, or null
     * @param server option 54, or null
     */
    static byte[] packet(
            int type,
            String mac,
            int xid,
            int architecture,
            boolean ipxe,
            @Nullable InetAddress ciaddr,
            @Nullable InetAddress requested,
            @Nullable InetAddress server) {
        ByteBuffer out = ByteBuffer.allocate(400);
        out.put((byte) 1).put((byte) 1).put((byte) 6).put((byte) 0);
        out.putInt(xid).putShort((short) 4).putShort((short) 0x8000);
        out.put(ciaddr == null ? new byte[4] : ciaddr.getAddress());
        out.position(28);
        out.put(HexFormat.ofDelimiter(":").parseHex(mac));
        out.position(236);
        out.put(COOKIE);
        out.put(new byte[] {53, 1, (byte) type});
        // The list of OVMF; 252 is not in it, and must come all the same.
        out.put(new byte[] {55, 12, 1, 2, 3, 4, 5, 6, 12, 13, 43, 60, 66, 67});
        out.put(new byte[] {93, 2, 0, (byte) architecture});
        out.put(new byte[] {94, 3, 1, 3, 16});
        out.put(new byte[] {97, 17, 0})
                .put(new byte[10])
                .put(HexFormat.ofDelimiter(":").parseHex(mac));
        String client = HTTP_BOOT.contains(architecture) ? "HTTPClient" : "PXEClient";
        String vendorClass = String.format(Locale.ROOT, "%s:Arch:%05d:UNDI:003016", client, architecture);
        out.put((byte) 60).put((byte) vendorClass.length()).put(vendorClass.getBytes(StandardCharsets.US_ASCII));
        if (ipxe) {
            out.put((byte) 77).put((byte) 4).put("iPXE".getBytes(StandardCharsets.US_ASCII));
            out.put(new byte[] {(byte) 175, 3, 19, 1, 1});
        }
        address(out, 50, requested);
        address(out, 54, server);
        out.put((byte) 255);
        return out.array();
    }

    /** What the DHCP client of a Windows sends when it has been offered an address. */
    static byte[] windows(String mac, int xid, String hostName, InetAddress requested, InetAddress server) {
        ByteBuffer out = ByteBuffer.allocate(400);
        out.put((byte) 1).put((byte) 1).put((byte) 6).put((byte) 0);
        out.putInt(xid).putShort((short) 0).putShort((short) 0x8000);
        out.position(28);
        out.put(HexFormat.ofDelimiter(":").parseHex(mac));
        out.position(236);
        out.put(COOKIE);
        out.put(new byte[] {53, 1, REQUEST});
        text(out, 12, hostName);
        text(out, 60, "MSFT 5.0");
        address(out, 50, requested);
        address(out, 54, server);
        out.put((byte) 255);
        return out.array();
    }

    private static void text(ByteBuffer out, int option, String text) {
        out.put((byte) option).put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void address(ByteBuffer out, int option, @Nullable InetAddress address) {
        if (address != null) {
            out.put((byte) option).put((byte) 4).put(address.getAddress());
        }
    }

    /**
     * A server's packet.
     *
     * @param type option 53, 0 when absent
     */
    record Reply(int xid, int type, InetAddress yiaddr, InetAddress siaddr, String file, Map<Integer, byte[]> options) {

        boolean isProxy() {
            return yiaddr.isAnyLocalAddress();
        }

        /** An option's text up to its NUL, empty when it is absent. */
        String text(int option) {
            String text = new String(options.getOrDefault(option, new byte[0]), StandardCharsets.ISO_8859_1);
            return text.indexOf(0) < 0 ? text : text.substring(0, text.indexOf(0));
        }

        /** An option's octets in hex, empty when it is absent. */
        String hex(int option) {
            return HexFormat.of().formatHex(options.getOrDefault(option, new byte[0]));
        }
    }

    /** Reads a reply to this client; null when it is for somebody else. */
    static @Nullable Reply read(byte[] bytes, int length, int xid) throws UnknownHostException {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        if (length < OPTIONS || in.get(0) != 2 || in.getInt(4) != xid) {
            return null;
        }
        Map<Integer, byte[]> options = new TreeMap<>();
        in.position(OPTIONS);
        while (in.remaining() >= 2) {
            int code = in.get() & 0xff;
            if (code == 255) {
                break;
            }
            if (code != 0) {
                byte[] value = new byte[in.get() & 0xff];
                in.get(value);
                options.put(code, value);
            }
        }
        byte[] type = options.getOrDefault(53, new byte[] {0});
        return new Reply(xid, type[0], address(bytes, 16), address(bytes, 20), file(bytes), options);
    }

    private static InetAddress address(byte[] bytes, int at) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]});
    }

    private static String file(byte[] bytes) {
        int end = 108;
        while (end < 236 && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 108, end - 108, StandardCharsets.ISO_8859_1);
    }
}
