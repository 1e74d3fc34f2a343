package org.pxemesh.netboot.pxe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;

/**
 * What all replies have in common: the client's own fields given back bit by bit, {@code yiaddr} 0 (that makes it a
 * proxy's reply), and the serving address twice. EDK2 believes {@code siaddr} first, iPXE option 54: they must agree.
 */
final class ReplySkeleton {

    private final DhcpPacket request;
    private final MessageType type;
    private final ReplyContent content;
    private final DhcpOptions.Builder options = DhcpOptions.builder();
    private byte[] file = new byte[DhcpPacket.FILE_LENGTH];

    ReplySkeleton(DhcpPacket request, ClientFacts facts, MessageType type, ReplyContent content) {
        this.request = request;
        this.type = type;
        this.content = content;
        options.put(type).put(OptionCode.SERVER_ID, content.server()).put(OptionCode.VENDOR_CLASS, facts.vendorId());
        // Also in a BINL offer, which names no file: which of the packets bootmgr reads is not the same everywhere.
        content.bcdPath().ifPresent(path -> options.putTerminated(OptionCode.BCD_PATH, path));
        mirror(OptionCode.CLIENT_GUID);
        mirror(OptionCode.RELAY_AGENT);
    }

    private void mirror(OptionCode code) {
        request.options().raw(code).filter(value -> value.length > 0).ifPresent(value -> options.put(code, value));
    }

    /** The name in the header where it fits, else in option 67; with its NUL in either place. */
    ReplySkeleton bootFile() {
        byte[] name = content.bootFile().getBytes(StandardCharsets.ISO_8859_1);
        if (name.length < DhcpPacket.FILE_LENGTH) {
            file = Arrays.copyOf(name, DhcpPacket.FILE_LENGTH);
        } else {
            options.putTerminated(OptionCode.BOOT_FILE, content.bootFile());
        }
        return this;
    }

    ReplySkeleton vendor(PxeVendorOptions vendor) {
        options.put(OptionCode.VENDOR_SPECIFIC, vendor.encode());
        return this;
    }

    ReplySkeleton option(OptionCode code, byte... value) {
        options.put(code, value);
        return this;
    }

    DhcpPacket build() {
        return new DhcpPacket(
                DhcpPacket.BOOTREPLY,
                request.htype(),
                request.hlen(),
                0,
                request.xid(),
                0,
                flags(),
                type.equals(MessageType.ACK) ? request.ciaddr() : Ipv4Address.NONE,
                Ipv4Address.NONE,
                content.server(),
                request.giaddr(),
                request.chaddr(),
                new byte[DhcpPacket.SNAME_LENGTH],
                file,
                options.build());
    }

    /** A client without an address can only be reached by broadcast, whatever it says about itself. */
    private int flags() {
        boolean reachable = !request.ciaddr().isNone() || !request.giaddr().isNone();
        return reachable ? request.flags() : request.flags() | DhcpPacket.BROADCAST_FLAG;
    }
}
