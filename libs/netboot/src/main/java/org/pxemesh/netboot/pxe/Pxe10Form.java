package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.MessageType;

/**
 * PXE 1.0 with discovery control 8: the OFFER itself names the file and no second question is needed. The prompt with a
 * timeout of 0 keeps EDK2 from asking port 4011 all the same (tianocore/edk2#8149). Never with a server list (43.8),
 * which EDK2 would believe before {@code siaddr}, and never with a menu, which UEFI firmware gets wrong.
 */
public record Pxe10Form() implements ReplyForm {

    @Override
    public String name() {
        return "pxe10";
    }

    @Override
    public int code() {
        return 2;
    }

    @Override
    public String says() {
        return "option 43 with discovery control 8, the file and the server";
    }

    @Override
    public String then() {
        return "fetches the file";
    }

    @Override
    public DhcpPacket offer(DhcpPacket discover, ClientFacts facts, ReplyContent content) {
        return new ReplySkeleton(discover, facts, MessageType.OFFER, content)
                .bootFile()
                .vendor(new PxeVendorOptions()
                        .discoveryControl(PxeVendorOptions.BOOT_FROM_THIS_OFFER)
                        .prompt(0, "PXE"))
                .build();
    }
}
