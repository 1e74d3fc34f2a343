package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.dhcp.Architecture;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.FirmwareKind;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.dhcp.Packets;

class ClientInspectorTest {

    private final ClientInspector inspector = new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS);

    @Test
    void shouldDeriveTheFactsOfAUefiClient() {
        // When
        ClientFacts facts = client(Packets.discover(Packets.pxe(7).build()), 67);

        // Then
        assertThat(facts.mac()).hasToString("52:54:00:00:00:01");
        assertThat(facts.guid()).map(ClientGuid::toString).contains("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(facts.firmware()).isEqualTo(FirmwareKind.UEFI);
        assertThat(facts.vendorId()).isEqualTo("PXEClient");
        assertThat(facts.ipxe()).isFalse();
        assertThat(facts.isDiscover()).isTrue();
    }

    @Test
    void Q1_shouldCollectAllReasonsForIgnoring() {
        // Given neither vendor class nor architecture, a bad GUID, a type that is not served
        DhcpPacket packet = Packets.discover(DhcpOptions.builder()
                .put(MessageType.RELEASE)
                .put(OptionCode.CLIENT_GUID, new byte[5])
                .build());

        // When / Then
        assertThat(reasons(packet, 67))
                .containsExactlyInAnyOrder(
                        IgnoreReason.NO_VENDOR_CLASS,
                        IgnoreReason.NO_ARCHITECTURE,
                        IgnoreReason.BAD_GUID,
                        IgnoreReason.UNEXPECTED_MESSAGE_TYPE);
    }

    @Test
    void Q1_shouldServeRequestsOnlyAtTheBootServerPort() {
        DhcpPacket request =
                Packets.discover(Packets.pxe(7).put(MessageType.REQUEST).build());

        assertThat(client(request, 4011).messageType()).isEqualTo(MessageType.REQUEST);
        assertThat(reasons(request, 67)).containsExactly(IgnoreReason.UNEXPECTED_MESSAGE_TYPE);
    }

    @Test
    void Q1_shouldServeARequestWithABootItemAtPort67() {
        DhcpPacket request = Packets.discover(Packets.pxe(0)
                .put(MessageType.REQUEST)
                .put(OptionCode.VENDOR_SPECIFIC, new byte[] {71, 4, 0, 1, 0, 0, (byte) 255})
                .build());

        assertThat(client(request, 67).bootItem()).contains(new BootItem(1, 0));
    }

    @Test
    void Q2_shouldMirrorConfiguredVendorIds() {
        ClientInspector huawei = new ClientInspector(List.of("PXEClient", "HW-Client"));
        DhcpPacket packet = Packets.discover(
                Packets.pxe(7).put(OptionCode.VENDOR_CLASS, "HW-Client:x").build());

        assertThat(huawei.inspect(packet, 67))
                .isInstanceOfSatisfying(
                        Inspection.Client.class,
                        client -> assertThat(client.facts().vendorId()).isEqualTo("HW-Client"));
        assertThat(reasons(packet, 67)).containsExactly(IgnoreReason.FOREIGN_VENDOR_CLASS);
    }

    @Test
    void Q3_shouldAnswerClientsWithoutAGuid() {
        DhcpPacket without =
                Packets.discover(Packets.pxe(0).remove(OptionCode.CLIENT_GUID).build());
        DhcpPacket empty = Packets.discover(
                Packets.pxe(0).put(OptionCode.CLIENT_GUID, new byte[0]).build());

        assertThat(client(without, 67).guid()).isEmpty();
        assertThat(client(empty, 67).guid()).isEmpty();
    }

    @Test
    void Q3_shouldDropAGuidOfTheWrongType() {
        byte[] guid = new byte[17];
        guid[0] = 1;

        assertThat(reasons(
                        Packets.discover(
                                Packets.pxe(0).put(OptionCode.CLIENT_GUID, guid).build()),
                        67))
                .containsExactly(IgnoreReason.BAD_GUID);
    }

    @Test
    void Q5_shouldAnswerClientsWithoutAnInterfaceVersion() {
        DhcpPacket packet = Packets.discover(
                Packets.pxe(7).remove(OptionCode.CLIENT_INTERFACE).build());

        assertThat(client(packet, 67).architecture()).isEqualTo(Architecture.X64_EFI);
    }

    @Test
    void Q6_shouldTakeTheFirstKnownOfSeveralArchitectures() {
        DhcpPacket packet = Packets.discover(Packets.pxe(0)
                .put(OptionCode.CLIENT_ARCHITECTURE, new byte[] {0x77, 0x77, 0, 9})
                .build());

        assertThat(client(packet, 67).architecture()).isEqualTo(Architecture.X64_EFI_BC);
    }

    @Test
    void Q9_shouldKnowARaspberryPiByItsVendorOctets() {
        DhcpPacket packet = Packets.discover(Packets.pxe(0).build());
        System.arraycopy(new byte[] {(byte) 0xd8, 0x3a, (byte) 0xdd}, 0, packet.chaddr(), 0, 3);

        assertThat(client(packet, 67).firmware()).isEqualTo(FirmwareKind.BOARD);
    }

    @Test
    void Q34_shouldRefuseClientsThatWantCredentials() {
        DhcpPacket request = Packets.discover(Packets.pxe(0)
                .put(MessageType.REQUEST)
                .put(OptionCode.VENDOR_SPECIFIC, new byte[] {71, 4, 0, 1, (byte) 0x80, 0, (byte) 255})
                .build());

        assertThat(reasons(request, 4011)).containsExactly(IgnoreReason.CREDENTIALS_WANTED);
    }

    @Test
    void Q60_shouldReadBothEncodingsOfTheUserClass() {
        assertThat(userClass("iPXE".getBytes(StandardCharsets.US_ASCII)).ipxe()).isTrue();
        assertThat(userClass("\u0004iPXE".getBytes(StandardCharsets.US_ASCII)).ipxe())
                .isTrue();
        assertThat(userClass("p2pxe".getBytes(StandardCharsets.US_ASCII)).ipxe())
                .isFalse();
    }

    @Test
    void Q62_shouldKnowIpxeByItsOwnOption() {
        DhcpPacket packet = Packets.discover(
                Packets.pxe(0).put(OptionCode.IPXE, new byte[] {1, 1, 0}).build());

        assertThat(client(packet, 67).ipxe()).isTrue();
    }

    /** As an e1000 card's ROM of Debian 12 says it: bus id, then HTTP, bzImage and others. */
    @Test
    void shouldKnowAnIpxeThatLoadsLinuxOverHttp() {
        byte[] bus = {(byte) 177, 5, 1, (byte) 0x80, (byte) 0x86, 0x10, 0x0e};
        byte[] http = {19, 1, 1};
        byte[] linux = {24, 1, 1};

        assertThat(ipxe("iPXE", bus, http, linux).loadsLinux()).isTrue();
        assertThat(ipxe("iPXE", linux, new byte[] {39, 1, 1}, http).loadsLinux())
                .isTrue();
        assertThat(ipxe("iPXE", bus, http).loadsLinux()).as("no kernels").isFalse();
        assertThat(ipxe("iPXE", linux).loadsLinux()).as("no HTTP").isFalse();
        assertThat(ipxe("iPXE", http, new byte[] {24, 1, 0}).loadsLinux())
                .as("version 0")
                .isFalse();
        assertThat(ipxe("iPXE", http, new byte[] {24, 1}).loadsLinux())
                .as("torn")
                .isFalse();
        assertThat(ipxe("iPXE", new byte[] {(byte) 255}, http, linux).loadsLinux())
                .as("behind the end")
                .isFalse();
        assertThat(ipxe("gPXE", http, linux).loadsLinux())
                .as("reads no script of iPXE's")
                .isFalse();
        assertThat(userClass("iPXE".getBytes(StandardCharsets.US_ASCII)).loadsLinux())
                .isFalse();
    }

    private ClientFacts ipxe(String userClass, byte[]... features) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] feature : features) {
            all.writeBytes(feature);
        }
        return client(
                Packets.discover(Packets.pxe(0)
                        .put(OptionCode.USER_CLASS, userClass)
                        .put(OptionCode.IPXE, all.toByteArray())
                        .build()),
                67);
    }

    private ClientFacts userClass(byte[] value) {
        return client(
                Packets.discover(
                        Packets.pxe(0).put(OptionCode.USER_CLASS, value).build()),
                67);
    }

    private ClientFacts client(DhcpPacket packet, int port) {
        return switch (inspector.inspect(packet, port)) {
            case Inspection.Client(ClientFacts facts) -> facts;
            case Inspection.NotOurs not -> throw new AssertionError(not);
        };
    }

    private Set<IgnoreReason> reasons(DhcpPacket packet, int port) {
        return switch (inspector.inspect(packet, port)) {
            case Inspection.NotOurs(Set<IgnoreReason> reasons) -> reasons;
            case Inspection.Client client -> throw new AssertionError(client);
        };
    }
}
