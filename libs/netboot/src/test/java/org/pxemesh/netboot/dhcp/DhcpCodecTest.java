package org.pxemesh.netboot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.Decoded;

class DhcpCodecTest {

    /** An OVMF DISCOVER as on the wire, options only; the header is built below. */
    private static final String OVMF_OPTIONS =
            "350101" + "390205c0" + "3c20505845436c69656e743a417263683a30303030373a554e44493a303033303030" + "5d020007"
                    + "5e03010300" + "611100" + "33221100554477668899aabbccddeeff" + "37020103" + "ff";

    private static byte[] datagram(String optionsHex) {
        byte[] options = HexFormat.of().parseHex(optionsHex);
        byte[] datagram = new byte[240 + options.length];
        ByteBuffer.wrap(datagram)
                .put(HexFormat.of().parseHex("01010600" + "cafebabe" + "0004" + "8000"))
                .put(28, HexFormat.of().parseHex("525400000001"))
                .putInt(236, 0x63825363)
                .put(240, options);
        return datagram;
    }

    @Test
    void shouldReadTheFieldsOfAFirmwaresDiscover() {
        // Given
        byte[] datagram = datagram(OVMF_OPTIONS);

        // When
        DhcpPacket packet = Packets.decoded(datagram);

        // Then
        assertThat(packet.messageType()).isEqualTo(MessageType.DISCOVER);
        assertThat(packet.xid()).isEqualTo(0xcafebabe);
        assertThat(packet.secs()).isEqualTo(4);
        assertThat(packet.flags()).isEqualTo(DhcpPacket.BROADCAST_FLAG);
        assertThat(packet.hardwareAddress()).hasToString("52:54:00:00:00:01");
        assertThat(packet.options().text(OptionCode.VENDOR_CLASS)).contains("PXEClient:Arch:00007:UNDI:003000");
    }

    @Test
    void shouldKeepOptionsThatNobodyKnows() {
        // Given
        byte[] datagram = datagram("350101" + "e003aabbcc" + "fe00" + "ff");

        // When
        DhcpPacket again = Packets.decoded(DhcpCodec.encode(Packets.decoded(datagram)));

        // Then
        assertThat(again.options().raw(new OptionCode(224)))
                .contains(new byte[] {(byte) 0xaa, (byte) 0xbb, (byte) 0xcc});
        assertThat(again.options().has(new OptionCode(254))).isTrue();
    }

    @Test
    void shouldJoinTheSplitPartsOfAnOption() {
        // Given an option in two parts with another one between
        byte[] datagram = datagram("3c03505845" + "350101" + "3c06436c69656e74" + "ff");

        // When
        DhcpPacket packet = Packets.decoded(datagram);

        // Then
        assertThat(packet.options().text(OptionCode.VENDOR_CLASS)).contains("PXEClient");
    }

    @Test
    void shouldSplitAnOptionLongerThan255Octets() {
        // Given
        byte[] value = new byte[600];
        Arrays.fill(value, (byte) 7);
        DhcpPacket packet = Packets.discover(
                DhcpOptions.builder().put(new OptionCode(125), value).build());

        // When
        byte[] datagram = DhcpCodec.encode(packet);

        // Then
        assertThat(datagram[240]).isEqualTo((byte) 125);
        assertThat(datagram[241]).isEqualTo((byte) 255);
        assertThat(datagram[240 + 257]).isEqualTo((byte) 125);
        assertThat(Packets.decoded(datagram)).isEqualTo(packet);
    }

    @Test
    void shouldReadOptionsFromOverloadedHeaderFields() {
        // Given option 52 = 3, with option 60 in file and option 12 in sname
        byte[] datagram = datagram("350101" + "340103" + "ff");
        ByteBuffer.wrap(datagram)
                .put(108, HexFormat.of().parseHex("3c09505845436c69656e74ff"))
                .put(44, HexFormat.of().parseHex("0c0161ff"));

        // When
        DhcpPacket packet = Packets.decoded(datagram);

        // Then
        assertThat(packet.options().text(OptionCode.VENDOR_CLASS)).contains("PXEClient");
        assertThat(packet.options().text(OptionCode.HOST_NAME)).contains("a");
        assertThat(packet.fileName()).isEmpty();
        assertThat(Packets.decoded(DhcpCodec.encode(packet))).isEqualTo(packet);
    }

    @Test
    void Q71_shouldWriteTheRelayAgentsOptionLast() {
        // Given
        DhcpPacket packet = Packets.discover(DhcpOptions.builder()
                .put(OptionCode.RELAY_AGENT, new byte[] {1, 1, 9})
                .put(MessageType.OFFER)
                .build());

        // When
        byte[] datagram = DhcpCodec.encode(packet);

        // Then
        assertThat(HexFormat.of().formatHex(datagram, 240, 249)).isEqualTo("350102" + "5203010109" + "ff");
    }

    @Test
    void shouldSayWhereAPacketStopsMakingSense() {
        assertThat(malformed(new byte[100]).offset()).isEqualTo(100);
        assertThat(malformed(new byte[300]).reason()).contains("cookie");
        assertThat(malformed(datagram("350101" + "3cff50")).offset()).isEqualTo(243);
        byte[] longAddress = datagram(OVMF_OPTIONS);
        longAddress[2] = 17;
        assertThat(malformed(longAddress).reason()).contains("hlen 17");
    }

    @Test
    void shouldTolerateAMissingEnd() {
        assertThat(Packets.decoded(datagram("350101")).messageType()).isEqualTo(MessageType.DISCOVER);
    }

    @Test
    void Q10_shouldNotAssumeSixOctetsOfHardwareAddress() {
        // Given
        byte[] datagram = datagram(OVMF_OPTIONS);
        datagram[2] = 16;

        // When / Then
        assertThat(Packets.decoded(datagram).hardwareAddress().length()).isEqualTo(16);
    }

    private static Decoded.Malformed<DhcpPacket> malformed(byte[] datagram) {
        return switch (DhcpCodec.decode(ByteBuffer.wrap(datagram))) {
            case Decoded.Malformed<DhcpPacket> bad -> bad;
            case Decoded.Ok<DhcpPacket> ok -> throw new AssertionError("decoded: " + ok);
        };
    }
}
