package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.MessageType;

/**
 * BINL, as Microsoft's servers do it: the OFFER says only "I am a boot server" (option 60 without PXE's option 43), and
 * the client asks again at port 4011. The common denominator of UEFI firmware; EDK2 keeps all such offers and tries one
 * after another.
 */
public record BinlForm() implements ReplyForm {

    @Override
    public String name() {
        return "binl";
    }

    @Override
    public int code() {
        return 1;
    }

    @Override
    public String says() {
        return "option 60 alone: here is a boot server";
    }

    @Override
    public String then() {
        return "asks port 4011 for the file";
    }

    @Override
    public DhcpPacket offer(DhcpPacket discover, ClientFacts facts, ReplyContent content) {
        return new ReplySkeleton(discover, facts, MessageType.OFFER, content).build();
    }
}
