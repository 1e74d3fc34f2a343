package org.pxemesh.netboot.watch;

import java.util.Arrays;
import org.pxemesh.netboot.dhcp.Architecture;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;

/**
 * The PXE client that is played. Its hardware address is always the same, so that however often it asks, a DHCP server
 * sets aside one address at most, and that for a minute: it never asks for a lease. Its user class tells the peers of
 * the mesh that nobody boots.
 */
public final class Probe {

    /** The user class (option 77). */
    public static final String USER_CLASS = "pxemesh-doctor";

    /** Locally administered: no card has it. */
    public static final HardwareAddress ADDRESS = HardwareAddress.parse("02:50:58:45:4d:44");

    private static final byte[] PARAMETERS = {
        1, 3, 6, 13, 15, 17, 43, 54, 60, 66, 67, (byte) 150, (byte) 175, (byte) 252
    };
    private static final int ARCHITECTURE = Architecture.X64_EFI.code();

    private Probe() {}

    /**
     * The DISCOVER.
     *
     * @param relay where servers answer to at port 67, as to a relay; 0.0.0.0 to be answered by broadcast at port 68
     */
    public static DhcpPacket discover(int xid, Ipv4Address relay) {
        return request(MessageType.DISCOVER, xid, Ipv4Address.NONE, relay);
    }

    /** The question to a boot server at port 4011. */
    public static DhcpPacket bootServerRequest(int xid, Ipv4Address self) {
        return request(MessageType.REQUEST, xid, self, Ipv4Address.NONE);
    }

    private static DhcpPacket request(MessageType type, int xid, Ipv4Address ciaddr, Ipv4Address relay) {
        return new DhcpPacket(
                DhcpPacket.BOOTREQUEST,
                1,
                ADDRESS.length(),
                0,
                xid,
                0,
                ciaddr.isNone() ? DhcpPacket.BROADCAST_FLAG : 0,
                ciaddr,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                relay,
                Arrays.copyOf(ADDRESS.octets(), DhcpPacket.CHADDR_LENGTH),
                new byte[DhcpPacket.SNAME_LENGTH],
                new byte[DhcpPacket.FILE_LENGTH],
                DhcpOptions.builder()
                        .put(type)
                        .put(OptionCode.MAX_MESSAGE_SIZE, new byte[] {5, (byte) 0xc0})
                        .put(OptionCode.PARAMETER_LIST, PARAMETERS)
                        .put(OptionCode.VENDOR_CLASS, "PXEClient:Arch:%05d:UNDI:003016".formatted(ARCHITECTURE))
                        .put(OptionCode.USER_CLASS, USER_CLASS)
                        .put(OptionCode.CLIENT_ARCHITECTURE, new byte[] {0, (byte) ARCHITECTURE})
                        .put(OptionCode.CLIENT_INTERFACE, new byte[] {1, 3, 16})
                        .put(OptionCode.CLIENT_GUID, new byte[17])
                        .build());
    }
}
