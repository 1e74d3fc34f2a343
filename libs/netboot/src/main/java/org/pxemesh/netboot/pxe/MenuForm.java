package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.MessageType;

/**
 * PXE 2.1's boot menu: one entry that the prompt's timeout of 0 chooses at once, and this peer as its only boot server,
 * which the client then asks at port 4011 for the entry (43.71). For BIOS ROMs that insist on discovering a boot server;
 * never for UEFI firmware, which gets menus wrong, and never for iPXE, which would boot in circles.
 */
public record MenuForm() implements ReplyForm {

    /** The first of the types that PXE leaves to vendors. */
    static final int ENTRY = 0x8000;

    private static final String TITLE = "PXE Mesh";

    @Override
    public String name() {
        return "menu";
    }

    @Override
    public int code() {
        return 3;
    }

    @Override
    public String says() {
        return "option 43 with a menu of one entry, its boot server, and a prompt of 0 s";
    }

    @Override
    public String then() {
        return "asks port 4011 for the entry";
    }

    @Override
    public DhcpPacket offer(DhcpPacket discover, ClientFacts facts, ReplyContent content) {
        return new ReplySkeleton(discover, facts, MessageType.OFFER, content)
                .vendor(new PxeVendorOptions()
                        .discoveryControl(PxeVendorOptions.LISTED_SERVERS_ONLY)
                        .bootServer(ENTRY, content.server())
                        .menuItem(ENTRY, TITLE)
                        .prompt(0, TITLE))
                .build();
    }
}
