package org.pxemesh.netboot.dhcp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.pxemesh.netboot.Decoded;

/** Packets for tests. */
public final class Packets {

    private Packets() {}

    public static DhcpPacket discover(DhcpOptions options) {
        return new DhcpPacket(
                DhcpPacket.BOOTREQUEST,
                1,
                6,
                0,
                0x12345678,
                4,
                0x8000,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Arrays.copyOf(HexFormat.of().parseHex("525400000001"), 16),
                new byte[64],
                new byte[128],
                options);
    }

    /** Options of a PXE client's DISCOVER of the given architecture. */
    public static DhcpOptions.Builder pxe(int architecture) {
        return DhcpOptions.builder()
                .put(MessageType.DISCOVER)
                .put(OptionCode.VENDOR_CLASS, "PXEClient:Arch:%05d:UNDI:003000".formatted(architecture))
                .put(OptionCode.CLIENT_ARCHITECTURE, new byte[] {(byte) (architecture >> 8), (byte) architecture})
                .put(OptionCode.CLIENT_INTERFACE, new byte[] {1, 3, 0})
                .put(OptionCode.CLIENT_GUID, HexFormat.of().parseHex("0033221100554477668899aabbccddeeff"));
    }

    public static DhcpPacket decoded(byte[] datagram) {
        return switch (DhcpCodec.decode(ByteBuffer.wrap(datagram))) {
            case Decoded.Ok<DhcpPacket>(DhcpPacket packet) -> packet;
            case Decoded.Malformed<DhcpPacket> bad -> throw new AssertionError(bad);
        };
    }
}
