package org.pxemesh.netboot.pxe;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pxemesh.netboot.dhcp.Architecture;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.FirmwareKind;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;

/** Derives {@link ClientFacts} from a packet, or says why it is none of ours. */
public final class ClientInspector {

    public static final String PXE_CLIENT = "PXEClient";
    public static final String HTTP_CLIENT = "HTTPClient";

    /** The vendor classes that every boot server answers. */
    public static final List<String> STANDARD_VENDOR_IDS = List.of(PXE_CLIENT, HTTP_CLIENT);

    private final List<String> vendorIds;

    /** @param vendorIds prefixes of option 60 to answer; the standard ones and, say, Huawei's {@code HW-Client} */
    public ClientInspector(List<String> vendorIds) {
        this.vendorIds = List.copyOf(vendorIds);
    }

    /** @param port the port on which the packet came in, 67 or 4011 */
    public Inspection inspect(DhcpPacket packet, int port) {
        DhcpOptions options = packet.options();
        Set<IgnoreReason> reasons = EnumSet.noneOf(IgnoreReason.class);
        Optional<String> vendorClass = options.text(OptionCode.VENDOR_CLASS);
        Optional<String> vendorId = vendorClass.flatMap(this::vendorId);
        Optional<Architecture> architecture = architecture(options);
        Optional<BootItem> item = options.raw(OptionCode.VENDOR_SPECIFIC).flatMap(PxeVendorOptions::bootItem);

        reject(packet.op() != DhcpPacket.BOOTREQUEST, IgnoreReason.NOT_A_REQUEST, reasons);
        reject(!packet.hasHardwareAddress(), IgnoreReason.NO_HARDWARE_ADDRESS, reasons);
        reject(vendorClass.isEmpty(), IgnoreReason.NO_VENDOR_CLASS, reasons);
        reject(vendorClass.isPresent() && vendorId.isEmpty(), IgnoreReason.FOREIGN_VENDOR_CLASS, reasons);
        reject(architecture.isEmpty(), IgnoreReason.NO_ARCHITECTURE, reasons);
        reject(!guidIsSound(options), IgnoreReason.BAD_GUID, reasons);
        reject(!served(packet.messageType(), port, item), IgnoreReason.UNEXPECTED_MESSAGE_TYPE, reasons);
        reject(item.isPresent() && item.get().wantsCredentials(), IgnoreReason.CREDENTIALS_WANTED, reasons);
        if (!reasons.isEmpty()) {
            return new Inspection.NotOurs(reasons);
        }
        return new Inspection.Client(facts(
                packet, port, vendorClass.orElseThrow(), vendorId.orElseThrow(), architecture.orElseThrow(), item));
    }

    private static void reject(boolean condition, IgnoreReason reason, Set<IgnoreReason> reasons) {
        if (condition) {
            reasons.add(reason);
        }
    }

    private ClientFacts facts(
            DhcpPacket packet,
            int port,
            String vendorClass,
            String vendorId,
            Architecture architecture,
            Optional<BootItem> item) {
        DhcpOptions options = packet.options();
        Optional<String> userClass = options.raw(OptionCode.USER_CLASS).map(UserClass::decode);
        boolean http = vendorId.equals(HTTP_CLIENT);
        boolean named = userClass.filter("iPXE"::equals).isPresent();
        return new ClientFacts(
                packet.hardwareAddress(),
                options.raw(OptionCode.CLIENT_GUID)
                        .filter(value -> value.length == ClientGuid.OPTION_LENGTH)
                        .map(ClientGuid::ofOption),
                architecture,
                firmware(packet, architecture, http),
                vendorClass,
                vendorId,
                userClass,
                options.has(OptionCode.IPXE) || named,
                // gPXE had the features too, and reads no script of iPXE's.
                named
                        && options.raw(OptionCode.IPXE)
                                .filter(IpxeFeatures::loadLinuxOverHttp)
                                .isPresent(),
                http,
                packet.xid(),
                packet.giaddr(),
                packet.ciaddr(),
                port,
                packet.messageType(),
                item);
    }

    private static FirmwareKind firmware(DhcpPacket packet, Architecture architecture, boolean http) {
        if (RaspberryPi.owns(packet.hardwareAddress())) {
            return FirmwareKind.BOARD;
        }
        return http ? FirmwareKind.UEFI_HTTP : architecture.firmware();
    }

    private Optional<String> vendorId(String vendorClass) {
        return vendorIds.stream().filter(vendorClass::startsWith).findFirst();
    }

    private static boolean guidIsSound(DhcpOptions options) {
        return options.raw(OptionCode.CLIENT_GUID)
                .map(value -> value.length == 0 || value.length == ClientGuid.OPTION_LENGTH && value[0] == 0)
                .orElse(true);
    }

    /** Clients broadcast DISCOVER to 67; a REQUEST there is for a DHCP server unless it carries a boot item. */
    private static boolean served(MessageType type, int port, Optional<BootItem> item) {
        boolean request = type.equals(MessageType.REQUEST) || type.equals(MessageType.INFORM);
        return port == ClientFacts.BOOT_SERVER_PORT
                ? request
                : type.equals(MessageType.DISCOVER) || request && item.isPresent();
    }

    private static Optional<Architecture> architecture(DhcpOptions options) {
        byte[] value = options.raw(OptionCode.CLIENT_ARCHITECTURE).orElse(new byte[0]);
        if (value.length == 0 || value.length % 2 != 0) {
            return Optional.empty();
        }
        Architecture first = at(value, 0);
        for (int i = 0; i < value.length; i += 2) {
            if (at(value, i).isKnown()) {
                return Optional.of(at(value, i));
            }
        }
        return Optional.of(first);
    }

    private static Architecture at(byte[] value, int i) {
        return new Architecture((value[i] & 0xff) << 8 | value[i + 1] & 0xff);
    }
}
