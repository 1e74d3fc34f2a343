package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.MessageType;

/** The Raspberry Pi's ROM takes only offers whose boot menu has the entry {@code Raspberry Pi Boot}. */
public record RaspberryPiForm() implements ReplyForm {

    private static final String MAGIC_WORDS = "Raspberry Pi Boot";

    @Override
    public String name() {
        return "raspberry-pi";
    }

    @Override
    public int code() {
        return 6;
    }

    @Override
    public String says() {
        return "discovery control 8 and a menu with the words `Raspberry Pi Boot`";
    }

    @Override
    public String then() {
        return "fetches its boot code";
    }

    @Override
    public DhcpPacket offer(DhcpPacket discover, ClientFacts facts, ReplyContent content) {
        return new ReplySkeleton(discover, facts, MessageType.OFFER, content)
                .bootFile()
                .vendor(new PxeVendorOptions()
                        .discoveryControl(PxeVendorOptions.BOOT_FROM_THIS_OFFER)
                        .menuItem(0, MAGIC_WORDS)
                        .prompt(0, MAGIC_WORDS))
                .build();
    }
}
