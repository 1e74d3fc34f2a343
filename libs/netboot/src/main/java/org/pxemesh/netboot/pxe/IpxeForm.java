package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;

/**
 * iPXE takes the file and server of a proxy's OFFER as they are, and of several proxies the last of the highest
 * priority (option 175.1). A menu would make it load its own binary as a script, over and over (ipxe/ipxe#908).
 */
public record IpxeForm() implements ReplyForm {

    private static final byte PRIORITY = 1;
    private static final byte END = (byte) 255;

    @Override
    public String name() {
        return "ipxe";
    }

    @Override
    public int code() {
        return 5;
    }

    @Override
    public String says() {
        return "discovery control 8, the script, and priority 1 in option 175";
    }

    @Override
    public String then() {
        return "fetches the script";
    }

    @Override
    public DhcpPacket offer(DhcpPacket discover, ClientFacts facts, ReplyContent content) {
        return new ReplySkeleton(discover, facts, MessageType.OFFER, content)
                .bootFile()
                .vendor(new PxeVendorOptions().discoveryControl(PxeVendorOptions.BOOT_FROM_THIS_OFFER))
                .option(OptionCode.IPXE, PRIORITY, (byte) 1, (byte) 1, END)
                .build();
    }

    /**
     * The answer that an iPXE waits for at port 4011 of a boot server which is silent there. It asks whoever made the first
     * proxy's offer, and nobody else; it takes the answer from any address, as long as it comes from port 4011 and names that
     * server in option 54 (dhcp_proxy_rx), and fetches from {@code siaddr}.
     *
     * @param request the client's, to its DHCP server, of the same transaction
     * @param silent the server that it asked
     */
    public static DhcpPacket inPlaceOf(
            Ipv4Address silent, DhcpPacket request, ClientFacts facts, ReplyContent content) {
        return new ReplySkeleton(request, facts, MessageType.ACK, content)
                .bootFile()
                .vendor(new PxeVendorOptions().discoveryControl(PxeVendorOptions.BOOT_FROM_THIS_OFFER))
                .option(OptionCode.SERVER_ID, silent.octets())
                .build();
    }
}
