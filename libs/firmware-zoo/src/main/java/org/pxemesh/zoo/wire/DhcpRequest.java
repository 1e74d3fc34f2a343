package org.pxemesh.zoo.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the messages of a DHCP client, and with {@link #reply} those of a DHCP server. */
public final class DhcpRequest {

    private final ByteBuffer header = ByteBuffer.allocate(DhcpMessage.OPTIONS);
    private final ByteArrayOutputStream options = new ByteArrayOutputStream();

    /** A message that says its type first, as nearly all do: {@code type} is option 53. */
    public DhcpRequest(int type, int xid, byte[] chaddr) {
        this(xid, chaddr);
        option(53, (byte) type);
    }

    /** A message without any option. */
    public DhcpRequest(int xid, byte[] chaddr) {
        header.put(0, (byte) 1).put(1, (byte) 1).put(2, (byte) chaddr.length).putInt(4, xid);
        header.put(28, chaddr).putInt(236, 0x63825363);
    }

    /** Makes it a server's message. */
    public DhcpRequest reply(int yiaddr, int siaddr) {
        header.put(0, (byte) 2).putInt(16, yiaddr).putInt(20, siaddr);
        return this;
    }

    public DhcpRequest broadcast() {
        header.putShort(10, (short) 0x8000);
        return this;
    }

    public DhcpRequest ciaddr(int address) {
        header.putInt(12, address);
        return this;
    }

    public DhcpRequest giaddr(int address) {
        header.putInt(24, address);
        return this;
    }

    /** The header's boot file. */
    public DhcpRequest file(String name) {
        header.put(108, name.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public DhcpRequest option(int code, byte... value) {
        options.write(code);
        options.write(value.length);
        options.writeBytes(value);
        return this;
    }

    public DhcpRequest text(int code, String value) {
        return option(code, value.getBytes(StandardCharsets.ISO_8859_1));
    }

    public DhcpRequest address(int code, int value) {
        return option(code, ByteBuffer.allocate(4).putInt(value).array());
    }

    /** At least the 300 octets of BOOTP. */
    public byte[] bytes() {
        int length = DhcpMessage.OPTIONS + options.size() + 1;
        ByteBuffer out = ByteBuffer.allocate(Math.max(300, length));
        out.put(header.array()).put(options.toByteArray()).put((byte) 255);
        return out.array();
    }
}
