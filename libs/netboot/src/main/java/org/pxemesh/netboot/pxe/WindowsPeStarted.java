package org.pxemesh.netboot.pxe;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;

/**
 * A Windows PE's first word on the network: its own DHCP client asks for the address that it was offered, as {@code MSFT 5.0} (MS-DHCPE), under
 * the name that {@code wpeutil InitializeNetwork} draws for it, {@code MININT-} and seven letters or digits. An installed
 * Windows bears another name.
 *
 * @param address that it asks for, or 0.0.0.0
 * @param hostName as sent
 */
public record WindowsPeStarted(HardwareAddress mac, Ipv4Address address, String hostName) {

    /** What Windows' DHCP client calls itself, in option 60. */
    public static final String VENDOR_CLASS = "MSFT 5.0";

    private static final String NAME = "MININT-";
    private static final int LONGEST_NAME = 15;

    /** Reads it out of a packet to a DHCP server; empty when anybody else asks. */
    public static Optional<WindowsPeStarted> in(DhcpPacket packet) {
        if (packet.op() != DhcpPacket.BOOTREQUEST
                || !packet.messageType().equals(MessageType.REQUEST)
                || !packet.hasHardwareAddress()
                || packet.options()
                        .text(OptionCode.VENDOR_CLASS)
                        .filter(VENDOR_CLASS::equals)
                        .isEmpty()) {
            return Optional.empty();
        }
        return packet.options()
                .raw(OptionCode.HOST_NAME)
                .map(value -> new String(value, StandardCharsets.US_ASCII).replace("\0", ""))
                .filter(name -> name.length() <= LONGEST_NAME
                        && name.toUpperCase(Locale.ROOT).startsWith(NAME)
                        && name.chars().allMatch(c -> c > ' ' && c < 0x7f))
                .map(name -> new WindowsPeStarted(
                        packet.hardwareAddress(),
                        packet.options().address(OptionCode.REQUESTED_ADDRESS).orElse(packet.ciaddr()),
                        name));
    }
}
