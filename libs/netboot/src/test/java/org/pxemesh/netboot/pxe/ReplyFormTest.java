package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.dhcp.Packets;

class ReplyFormTest {

    private static final Ipv4Address SERVER = Ipv4Address.parse("192.0.2.10");
    private static final ClientInspector INSPECTOR = new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS);

    /** Every reply that any form makes, for the statements that hold for all. */
    static Stream<DhcpPacket> replies() {
        return Stream.of(
                        ReplyForms.BINL,
                        ReplyForms.PXE10,
                        ReplyForms.IPXE,
                        ReplyForms.HTTP_CLIENT,
                        ReplyForms.RASPBERRY_PI)
                .flatMap(form -> {
                    DhcpPacket discover = Packets.discover(Packets.pxe(7)
                            .put(OptionCode.RELAY_AGENT, new byte[] {1, 2, 3, 4})
                            .build());
                    ReplyContent content = ReplyContent.of(
                            SERVER, form == ReplyForms.HTTP_CLIENT ? "http://192.0.2.10/a.efi" : "boot/shim.efi");
                    return Stream.of(
                            form.offer(discover, facts(discover, 67), content),
                            form.acknowledge(discover, facts(discover, 67), content));
                });
    }

    @ParameterizedTest
    @MethodSource("replies")
    void Q20_shouldLeaveYiaddrEmpty(DhcpPacket reply) {
        assertThat(reply.yiaddr()).isEqualTo(Ipv4Address.NONE);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void Q21_shouldSetSiaddrAndOption54Alike(DhcpPacket reply) {
        assertThat(reply.siaddr()).isEqualTo(SERVER);
        assertThat(reply.options().address(OptionCode.SERVER_ID)).contains(SERVER);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void Q22_shouldMirrorTheClientsFields(DhcpPacket reply) {
        DhcpPacket request = Packets.discover(DhcpOptions.EMPTY);

        assertThat(reply.xid()).isEqualTo(request.xid());
        assertThat(reply.htype()).isEqualTo(request.htype());
        assertThat(reply.hlen()).isEqualTo(request.hlen());
        assertThat(reply.chaddr()).isEqualTo(request.chaddr());
        assertThat(reply.flags()).isEqualTo(request.flags());
        assertThat(reply.giaddr()).isEqualTo(request.giaddr());
        assertThat(reply.op()).isEqualTo(DhcpPacket.BOOTREPLY);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void Q23_Q4_shouldMirrorVendorIdAndGuid(DhcpPacket reply) {
        assertThat(reply.options().text(OptionCode.VENDOR_CLASS)).contains("PXEClient");
        assertThat(reply.options().raw(OptionCode.CLIENT_GUID))
                .contains(HexFormat.of().parseHex("0033221100554477668899aabbccddeeff"));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void Q71_shouldEchoTheRelayAgentsOption(DhcpPacket reply) {
        assertThat(reply.options().raw(OptionCode.RELAY_AGENT)).contains(new byte[] {1, 2, 3, 4});
    }

    @ParameterizedTest
    @MethodSource("replies")
    void Q35_Q36_shouldNeverOverloadNorTellAFileSize(DhcpPacket reply) {
        assertThat(reply.options().codes()).doesNotContain(OptionCode.OVERLOAD, OptionCode.BOOT_FILE_SIZE);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void Q37_shouldNeverSendAServerList(DhcpPacket reply) {
        byte[] vendor = reply.options().raw(OptionCode.VENDOR_SPECIFIC).orElse(new byte[] {(byte) 255});

        assertThat(subOptions(vendor)).doesNotContain(8);
        assertThat(vendor[vendor.length - 1]).isEqualTo((byte) 255);
        assertThat(vendor.length).isLessThanOrEqualTo(255);
    }

    @Test
    void Q38_shouldStayWithin1472OctetsWithTheLongestNames() {
        DhcpPacket discover = Packets.discover(
                Packets.pxe(0).put(OptionCode.RELAY_AGENT, new byte[255]).build());
        ReplyContent content =
                new ReplyContent(SERVER, "f".repeat(512), Optional.of("b".repeat(253)), Optional.empty());

        DhcpPacket reply = ReplyForms.PXE10.offer(discover, facts(discover, 67), content);

        assertThat(DhcpCodec.encode(reply)).hasSizeLessThanOrEqualTo(1472);
    }

    @Test
    void Q24_shouldOfferBinlWithoutOption43AndWithoutAFile() {
        DhcpPacket offer = offer(ReplyForms.BINL, 7);

        assertThat(offer.messageType()).isEqualTo(MessageType.OFFER);
        assertThat(offer.options().has(OptionCode.VENDOR_SPECIFIC)).isFalse();
        assertThat(offer.fileName()).isEmpty();
    }

    @Test
    void Q27_Q31_shouldOfferPxe10WithDiscoveryControl8AndAPrompt() {
        DhcpPacket offer = offer(ReplyForms.PXE10, 0);

        assertThat(offer.options().raw(OptionCode.VENDOR_SPECIFIC))
                .contains(new byte[] {6, 1, 8, 10, 4, 0, 'P', 'X', 'E', (byte) 255});
        assertThat(offer.fileName()).isEqualTo("pxelinux.0");
    }

    @Test
    void Q9_shouldSayTheMagicWordsToARaspberryPi() {
        byte[] vendor = offer(ReplyForms.RASPBERRY_PI, 0)
                .options()
                .raw(OptionCode.VENDOR_SPECIFIC)
                .orElseThrow();

        assertThat(subOptions(vendor)).containsExactly(6, 9, 10);
        assertThat(new String(vendor, StandardCharsets.ISO_8859_1)).contains("Raspberry Pi Boot");
    }

    @Test
    void Q34_shouldEchoTheBootItem() {
        byte[] item = {71, 4, 0, 3, 0, 1, (byte) 255};
        DhcpPacket request = Packets.discover(Packets.pxe(0)
                .put(MessageType.REQUEST)
                .put(OptionCode.VENDOR_SPECIFIC, item)
                .build());

        DhcpPacket ack =
                ReplyForms.PXE10.acknowledge(request, facts(request, 4011), ReplyContent.of(SERVER, "pxelinux.0"));

        assertThat(ack.messageType()).isEqualTo(MessageType.ACK);
        assertThat(ack.options().raw(OptionCode.VENDOR_SPECIFIC)).contains(item);
    }

    @Test
    void Q35_shouldTerminateALongNameInOption67() {
        String name = "a".repeat(128);
        DhcpPacket discover = Packets.discover(Packets.pxe(0).build());

        DhcpPacket offer = ReplyForms.PXE10.offer(discover, facts(discover, 67), ReplyContent.of(SERVER, name));

        byte[] value = offer.options().raw(OptionCode.BOOT_FILE).orElseThrow();
        assertThat(value).hasSize(129).endsWith(0);
        assertThat(offer.fileName()).isEmpty();
    }

    @Test
    void Q35_shouldPutANameOf127IntoTheHeader() {
        String name = "a".repeat(127);
        DhcpPacket discover = Packets.discover(Packets.pxe(0).build());

        DhcpPacket offer = ReplyForms.PXE10.offer(discover, facts(discover, 67), ReplyContent.of(SERVER, name));

        assertThat(offer.fileName()).isEqualTo(name);
        assertThat(offer.file()).endsWith(0);
    }

    @Test
    void Q40_shouldTellMicrosoftsLoaderItsBcd() {
        DhcpPacket request =
                Packets.discover(Packets.pxe(7).put(MessageType.REQUEST).build());

        DhcpPacket ack = ReplyForms.BINL.acknowledge(
                request,
                facts(request, 4011),
                new ReplyContent(SERVER, "bootmgfw.efi", Optional.of("\\Tmp\\1.bcd"), Optional.empty()));

        assertThat(ack.options().raw(OptionCode.BCD_PATH)).contains("\\Tmp\\1.bcd\0".getBytes());
    }

    @Test
    void Q40_shouldTellTheBcdInOffersOfAnyFormToo() {
        DhcpPacket discover = Packets.discover(Packets.pxe(7).build());
        ReplyContent content = new ReplyContent(SERVER, "bootmgfw.efi", Optional.of("\\Tmp\\1.bcd"), Optional.empty());

        for (ReplyForm form : List.of(ReplyForms.BINL, ReplyForms.PXE10, ReplyForms.IPXE)) {
            assertThat(form.offer(discover, facts(discover, 67), content)
                            .options()
                            .raw(OptionCode.BCD_PATH))
                    .as(form.name())
                    .contains("\\Tmp\\1.bcd\0".getBytes());
        }
    }

    @Test
    void Q41_shouldOfferHttpClientsAUriOnly() {
        DhcpPacket discover = Packets.discover(Packets.pxe(16)
                .put(OptionCode.VENDOR_CLASS, "HTTPClient:Arch:00016:UNDI:003001")
                .build());
        ClientFacts facts = facts(discover, 67);

        DhcpPacket offer =
                ReplyForms.HTTP_CLIENT.offer(discover, facts, ReplyContent.of(SERVER, "http://192.0.2.10:8069/x.efi"));

        assertThat(offer.options().text(OptionCode.VENDOR_CLASS)).contains("HTTPClient");
        assertThat(offer.fileName()).isEqualTo("http://192.0.2.10:8069/x.efi");
        assertThatThrownBy(() -> ReplyForms.HTTP_CLIENT.offer(discover, facts, ReplyContent.of(SERVER, "x.efi")))
                .hasMessageContaining("URI");
    }

    @Test
    void Q54_shouldGiveIpxeAPriorityAndQ63_noMenu() {
        DhcpPacket offer = offer(ReplyForms.IPXE, 0);

        assertThat(offer.options().raw(OptionCode.IPXE)).contains(new byte[] {1, 1, 1, (byte) 255});
        assertThat(subOptions(offer.options().raw(OptionCode.VENDOR_SPECIFIC).orElseThrow()))
                .doesNotContain(8, 9);
    }

    @Test
    void Q28_shouldBeginWithBinlForUefiAndPxe10ForBios() {
        assertThat(ReplyForms.inOrder(factsOf(7))).containsExactly(ReplyForms.BINL, ReplyForms.PXE10);
        assertThat(ReplyForms.inOrder(factsOf(0))).containsExactly(ReplyForms.PXE10, ReplyForms.BINL, ReplyForms.MENU);
    }

    @Test
    void Q33_shouldOfferAMenuOfOneEntryWithItsServerAndAPrompt() {
        byte[] vendor = offer(ReplyForms.MENU, 0)
                .options()
                .raw(OptionCode.VENDOR_SPECIFIC)
                .orElseThrow();

        assertThat(subOptions(vendor)).containsExactly(6, 8, 9, 10);
        assertThat(HexFormat.of().formatHex(vendor))
                .startsWith("060107" + "080780" + "0001c000020a" + "090b8000" + "08")
                .endsWith("ff");
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 9, 10, 11, 15, 16, 27, 39})
    void Q32_shouldNeverShowUefiAMenu(int architecture) {
        assertThat(ReplyForms.inOrder(factsOf(architecture))).doesNotContain(ReplyForms.MENU);
    }

    @Test
    void shouldNameAndNumberEachFormOnce() {
        for (ReplyForm form : ReplyForms.ALL) {
            assertThat(ReplyForms.named(form.name())).contains(form);
            assertThat(ReplyForms.coded(form.code())).contains(form);
        }
        assertThat(ReplyForms.named("telepathy")).isEmpty();
        assertThat(ReplyForms.coded(0)).isEmpty();
    }

    @Test
    void Q70_shouldBroadcastToAClientWithoutAnAddress() {
        DhcpPacket unicastPlease = withFlags(Packets.discover(Packets.pxe(0).build()), 0);

        DhcpPacket offer =
                ReplyForms.PXE10.offer(unicastPlease, facts(unicastPlease, 67), ReplyContent.of(SERVER, "x"));

        assertThat(offer.flags()).isEqualTo(DhcpPacket.BROADCAST_FLAG);
    }

    private static DhcpPacket withFlags(DhcpPacket p, int flags) {
        return new DhcpPacket(
                p.op(),
                p.htype(),
                p.hlen(),
                p.hops(),
                p.xid(),
                p.secs(),
                flags,
                p.ciaddr(),
                p.yiaddr(),
                p.siaddr(),
                p.giaddr(),
                p.chaddr(),
                p.sname(),
                p.file(),
                p.options());
    }

    private static DhcpPacket offer(ReplyForm form, int architecture) {
        DhcpPacket discover = Packets.discover(Packets.pxe(architecture).build());
        return form.offer(discover, facts(discover, 67), ReplyContent.of(SERVER, "pxelinux.0"));
    }

    private static ClientFacts factsOf(int architecture) {
        return facts(Packets.discover(Packets.pxe(architecture).build()), 67);
    }

    private static ClientFacts facts(DhcpPacket packet, int port) {
        return ((Inspection.Client) INSPECTOR.inspect(packet, port)).facts();
    }

    private static List<Integer> subOptions(byte[] vendor) {
        List<Integer> codes = new ArrayList<>();
        int at = 0;
        while (at < vendor.length && vendor[at] != (byte) 255) {
            codes.add((int) vendor[at]);
            at += 2 + vendor[at + 1];
        }
        return codes;
    }
}
