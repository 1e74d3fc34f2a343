package org.pxemesh.netboot.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.dhcp.Packets;

class FingerprintTest {

    private static final byte[] LIST = {1, 3, 43, 60};

    @Test
    void shouldBeTheSameForMachinesOfOneModel() {
        DhcpPacket one = Packets.discover(
                Packets.pxe(7).put(OptionCode.PARAMETER_LIST, LIST).build());
        DhcpPacket other = Packets.discover(Packets.pxe(7)
                .put(OptionCode.PARAMETER_LIST, LIST)
                .put(OptionCode.HOST_NAME, "pc42")
                .put(OptionCode.RELAY_AGENT, new byte[] {1, 1, 1})
                .put(OptionCode.REQUESTED_ADDRESS, Ipv4Address.parse("192.0.2.7"))
                .put(OptionCode.CLIENT_GUID, new byte[17])
                .build());

        assertThat(Fingerprint.of(one).id())
                .isEqualTo(Fingerprint.of(other).id())
                .matches("[0-9a-f]{16}");
    }

    @Test
    void shouldTellFirmwaresApartByEachOfItsParts() {
        String usual = id(Packets.pxe(7).put(OptionCode.PARAMETER_LIST, LIST));

        assertThat(List.of(
                        id(Packets.pxe(9).put(OptionCode.PARAMETER_LIST, LIST)),
                        id(Packets.pxe(7).put(OptionCode.PARAMETER_LIST, new byte[] {3, 1, 43, 60})),
                        id(Packets.pxe(7)
                                .put(OptionCode.PARAMETER_LIST, LIST)
                                .put(OptionCode.CLIENT_INTERFACE, new byte[] {1, 3, 16})),
                        id(Packets.pxe(7)
                                .put(OptionCode.PARAMETER_LIST, LIST)
                                .put(OptionCode.MAX_MESSAGE_SIZE, new byte[] {5, (byte) 0xc0})),
                        id(Packets.pxe(7).remove(OptionCode.CLIENT_GUID).put(OptionCode.PARAMETER_LIST, LIST)),
                        id(Packets.pxe(7)
                                .put(OptionCode.PARAMETER_LIST, LIST)
                                .put(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00007:UNDI:003001"))))
                .doesNotContain(usual)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldPassOverTheOctetThatHttpBootLeavesUnwritten() {
        // Given what OVMF 2022.11-6+deb12u2 sent in three boots
        String list = "0102030405060c0d0f111216171c28292a2b3233363a3b3c%s4361";

        // When / Then
        assertThat(List.of("fb", "eb", "00"))
                .extracting(unwritten -> id(Packets.pxe(16)
                        .put(OptionCode.VENDOR_CLASS, "HTTPClient:Arch:00016:UNDI:003000")
                        .put(OptionCode.PARAMETER_LIST, HexFormat.of().parseHex(list.formatted(unwritten)))))
                .containsOnly(id(Packets.pxe(16)
                        .put(OptionCode.VENDOR_CLASS, "HTTPClient:Arch:00016:UNDI:003000")
                        .put(OptionCode.PARAMETER_LIST, HexFormat.of().parseHex(list.formatted("61")))));
        assertThat(id(Packets.pxe(7)
                        .put(OptionCode.PARAMETER_LIST, HexFormat.of().parseHex(list.formatted("fb")))))
                .isNotEqualTo(id(Packets.pxe(7)
                        .put(OptionCode.PARAMETER_LIST, HexFormat.of().parseHex(list.formatted("eb")))));
    }

    @Test
    void shouldTellVendorsOfCardsApart() {
        DhcpPacket packet = Packets.discover(Packets.pxe(7).build());
        packet.chaddr()[0] = 0;

        assertThat(Fingerprint.of(packet).vendor()).isEqualTo("005400");
    }

    @Property(tries = 1000)
    void shouldStaySmallAndPrintableWhateverWasSent(@ForAll byte[] noise) {
        byte[] datagram = DhcpCodec.encode(Packets.discover(Packets.pxe(7).build()));
        ByteBuffer mixed = ByteBuffer.allocate(datagram.length + noise.length);
        mixed.put(datagram, 0, 240).put(noise).put(datagram, 240, datagram.length - 240);

        if (DhcpCodec.decode(mixed.flip()) instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet)) {
            Fingerprint fingerprint = Fingerprint.of(packet);
            assertThat(fingerprint.toString()).hasSizeLessThan(1200).matches("[ -~]*");
            assertThat(Fingerprint.isId(fingerprint.id())).isTrue();
        }
    }

    private static String id(org.pxemesh.netboot.dhcp.DhcpOptions.Builder options) {
        return Fingerprint.of(Packets.discover(options.build())).id();
    }
}
