package org.pxemesh.netboot.pxe;

import java.util.Optional;
import org.pxemesh.netboot.dhcp.Architecture;
import org.pxemesh.netboot.dhcp.FirmwareKind;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.watch.Probe;

/**
 * All that a boot client's packet tells about it, derived once. Every later decision reads this value and not the
 * packet.
 *
 * @param mac the hardware address, usually six octets
 * @param guid the SMBIOS GUID; some Intel cards send none
 * @param architecture the first of option 93's values that we know, else the first
 * @param firmware how this client boots; a Raspberry Pi is known by its vendor octets, since a Pi 5 claims to be a BIOS
 * @param vendorClass option 60 as sent
 * @param vendorId the part of option 60 that a reply mirrors: {@code PXEClient}, {@code HTTPClient} or a configured one
 * @param userClass option 77, in either encoding
 * @param ipxe whether iPXE asks (user class, or its option 175)
 * @param loadsLinux whether it is an iPXE that says it fetches over HTTP and starts Linux kernels by itself
 * @param httpClient whether the client boots over HTTP
 * @param xid the DHCP transaction
 * @param giaddr the relay, or 0.0.0.0
 * @param ciaddr the client's address when it has one already
 * @param port the port that heard it: 67 or 4011
 * @param messageType DISCOVER, REQUEST or INFORM
 * @param bootItem the client's choice from a menu
 */
public record ClientFacts(
        HardwareAddress mac,
        Optional<ClientGuid> guid,
        Architecture architecture,
        FirmwareKind firmware,
        String vendorClass,
        String vendorId,
        Optional<String> userClass,
        boolean ipxe,
        boolean loadsLinux,
        boolean httpClient,
        int xid,
        Ipv4Address giaddr,
        Ipv4Address ciaddr,
        int port,
        MessageType messageType,
        Optional<BootItem> bootItem) {

    /** The DHCP servers' port, on which proxyDHCP listens to the segment's broadcasts. */
    public static final int DHCP_PORT = 67;

    /** The boot server port of PXE and BINL. */
    public static final int BOOT_SERVER_PORT = 4011;

    /** The same of another machine of this kind. */
    ClientFacts of(HardwareAddress otherMac, Optional<ClientGuid> otherGuid, int otherXid) {
        return new ClientFacts(
                otherMac,
                otherGuid,
                architecture,
                firmware,
                vendorClass,
                vendorId,
                userClass,
                ipxe,
                loadsLinux,
                httpClient,
                otherXid,
                giaddr,
                ciaddr,
                port,
                messageType,
                bootItem);
    }

    public ClientStage stage() {
        return new ClientStage(mac, ipxe);
    }

    /** Whether nobody boots, and somebody looks at the segment only ({@link org.pxemesh.netboot.watch.Probe}). */
    public boolean isProbe() {
        return userClass.filter(Probe.USER_CLASS::equals).isPresent();
    }

    public boolean isDiscover() {
        return messageType.equals(MessageType.DISCOVER);
    }
}
