package org.pxemesh.agent.dhcp;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.pxe.ClientStage;
import org.pxemesh.netboot.pxe.Offered;

/** What a peer hears: boot clients' packets, and a neighbour's word that it answered one. */
final class Heard {

    private Heard() {}

    static Offered heard(String mac, int xid, int attempt, int rank) {
        return heard(mac, false, xid, attempt, rank);
    }

    static Offered heard(String mac, boolean ipxe, int xid, int attempt, int rank) {
        return new Offered(
                xid,
                new ClientStage(HardwareAddress.parse(mac), ipxe),
                attempt,
                rank,
                Ipv4Address.parse("192.0.2.12"),
                new UUID(0, 9),
                0);
    }

    static byte[] discover(String mac, int architecture, int xid) {
        return DhcpCodec.encode(
                client(mac, xid, options(MessageType.DISCOVER, architecture).build()));
    }

    static byte[] request(String mac, int architecture, int xid) {
        return DhcpCodec.encode(
                client(mac, xid, options(MessageType.REQUEST, architecture).build()));
    }

    /** A question at port 4011 with an entry of a boot menu. */
    static byte[] menuRequest(String mac, int architecture, int xid, int entry) {
        return DhcpCodec.encode(client(
                mac,
                xid,
                options(MessageType.REQUEST, architecture)
                        .put(
                                OptionCode.VENDOR_SPECIFIC,
                                new byte[] {71, 4, (byte) (entry >> 8), (byte) entry, 0, 0, (byte) 255})
                        .build()));
    }

    static byte[] ipxeDiscover(String mac, int architecture, int xid) {
        return DhcpCodec.encode(client(
                mac,
                xid,
                options(MessageType.DISCOVER, architecture)
                        .put(OptionCode.USER_CLASS, "iPXE")
                        .build()));
    }

    /** @param features option 175 */
    static byte[] ipxeDiscover(String mac, int architecture, int xid, byte[] features) {
        return DhcpCodec.encode(client(
                mac, xid, ipxe(MessageType.DISCOVER, architecture, features).build()));
    }

    /** For the address 192.0.2.50. */
    static byte[] ipxeRequest(String mac, int architecture, int xid, byte[] features) {
        return DhcpCodec.encode(client(
                mac,
                xid,
                ipxe(MessageType.REQUEST, architecture, features)
                        .put(OptionCode.REQUESTED_ADDRESS, Ipv4Address.parse("192.0.2.50"))
                        .build()));
    }

    private static DhcpOptions.Builder ipxe(MessageType type, int architecture, byte[] features) {
        return options(type, architecture).put(OptionCode.USER_CLASS, "iPXE").put(OptionCode.IPXE, features);
    }

    static byte[] httpDiscover(String mac, int architecture, int xid) {
        return DhcpCodec.encode(client(
                mac,
                xid,
                options(MessageType.DISCOVER, architecture)
                        .put(OptionCode.VENDOR_CLASS, "HTTPClient:Arch:%05d".formatted(architecture))
                        .build()));
    }

    private static DhcpOptions.Builder options(MessageType type, int architecture) {
        return DhcpOptions.builder()
                .put(type)
                .put(OptionCode.VENDOR_CLASS, "PXEClient:Arch:%05d".formatted(architecture))
                .put(OptionCode.CLIENT_ARCHITECTURE, new byte[] {0, (byte) architecture});
    }

    static DhcpPacket withOptions(DhcpPacket p, DhcpOptions options) {
        return client(p.hardwareAddress().toString(), p.xid(), options);
    }

    private static DhcpPacket client(String mac, int xid, DhcpOptions options) {
        byte[] chaddr = Arrays.copyOf(HexFormat.ofDelimiter(":").parseHex(mac), 16);
        return new DhcpPacket(
                1,
                1,
                6,
                0,
                xid,
                0,
                0x8000,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                chaddr,
                new byte[64],
                new byte[128],
                options);
    }
}
