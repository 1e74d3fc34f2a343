package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.MessageType;

/**
 * A way of telling a client what to boot. The standards leave several open and firmware understands different ones; the
 * client's behaviour decides, see {@link ReplyForms}.
 */
public sealed interface ReplyForm
        permits BinlForm, Pxe10Form, MenuForm, PromptForm, HttpClientForm, IpxeForm, RaspberryPiForm {

    /** The form's name in events, logs, records and the command line. */
    String name();

    /** The form's octet in {@link Offered}, 1 to 255; never given to another form. */
    int code();

    /** What the OFFER says, for people: a line of the table in {@code docs/boot-modes.md}. */
    String says();

    /** What the client does next, for people: the same line. */
    String then();

    /** The answer to a DISCOVER. */
    DhcpPacket offer(DhcpPacket discover, ClientFacts facts, ReplyContent content);

    /** The answer to a REQUEST or INFORM at the boot server port: the same for all forms, the file by its name. */
    default DhcpPacket acknowledge(DhcpPacket request, ClientFacts facts, ReplyContent content) {
        ReplySkeleton reply = new ReplySkeleton(request, facts, MessageType.ACK, content).bootFile();
        facts.bootItem().ifPresent(item -> reply.vendor(new PxeVendorOptions().bootItem(item)));
        return reply.build();
    }
}
