package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.MessageType;

/**
 * A way of telling a client what to boot. The standards leave several open and firmware understands different ones; the
 * client's behaviour decides, see {@link ReplyForms}.
 */
public sealed interface ReplyForm permits BinlForm, Pxe10Form, HttpClientForm, IpxeForm, RaspberryPiForm {

    /** The form's name in events, logs and configuration. */
    String name();

    /** The answer to a DISCOVER. */
    DhcpPacket offer(DhcpPacket discover, ClientFacts facts, ReplyContent content);

    /** The answer to a REQUEST or INFORM at the boot server port: the same for all forms, the file by its name. */
    default DhcpPacket acknowledge(DhcpPacket request, ClientFacts facts, ReplyContent content) {
        ReplySkeleton reply = new ReplySkeleton(request, facts, MessageType.ACK, content).bootFile();
        facts.bootItem().ifPresent(item -> reply.vendor(new PxeVendorOptions().bootItem(item)));
        return reply.build();
    }
}
