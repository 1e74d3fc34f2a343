package org.pxemesh.netboot.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.dhcp.PxeSieve;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientInspector;
import org.pxemesh.netboot.pxe.Inspection;
import org.pxemesh.netboot.pxe.ReplyForms;

class SegmentJudgeTest {

    private static final Ipv4Address DHCP = Ipv4Address.parse("192.0.2.1");
    private static final Ipv4Address OTHER = Ipv4Address.parse("192.0.2.5");
    private static final Ipv4Address PEER = Ipv4Address.parse("192.0.2.11");
    private static final Survey.Seen LEASE = dhcp(options());
    private static final Survey.Seen OURS = seen(PEER, false, options().put(OptionCode.VENDOR_CLASS, "PXEClient"), "");

    @Test
    void shouldFindNothingWhereAllIsWell() {
        assertThat(SegmentJudge.judge(client(LEASE, OURS))).isEmpty();
    }

    @Test
    void Q76_shouldTellE51WithoutAnyOfferAndE52WithoutAnAddress() {
        assertThat(symptoms(client())).contains("PXE-E51");
        assertThat(symptoms(client(OURS))).containsExactly("PXE-E52");
    }

    @Test
    void Q26_Q76_shouldTellE55OfADhcpServerWithOption60AndNo43AndBeginWithPxe10() {
        List<Finding> findings =
                SegmentJudge.judge(client(dhcp(options().put(OptionCode.VENDOR_CLASS, "PXEClient")), OURS));

        assertThat(findings).extracting(Finding::trouble).containsExactly(Trouble.DHCP_CLAIMS_PXE);
        assertThat(findings.getFirst().trouble().symptom()).isEqualTo("PXE-E55");
        assertThat(SegmentJudge.formBeside(findings)).contains(ReplyForms.PXE10);
        assertThat(SegmentJudge.hasForeignPxe(findings)).isTrue();
    }

    @Test
    void shouldTellADhcpServerThatBootsByItself() {
        DhcpOptions.Builder options = options()
                .put(OptionCode.VENDOR_CLASS, "PXEClient")
                .put(OptionCode.VENDOR_SPECIFIC, new byte[] {6, 1, 8, (byte) 255});

        assertThat(troubles(client(dhcp(options), OURS))).containsExactly(Trouble.DHCP_IS_PXE);
    }

    @Test
    void Q75_shouldFindTheTftpServerInOption150Too() {
        Survey survey = client(dhcp(options().put(OptionCode.TFTP_SERVERS, OTHER)), OURS);

        assertThat(SegmentJudge.judge(survey))
                .containsExactly(new Finding(Trouble.DHCP_NAMES_BOOT_FILE, DHCP, "option 150 192.0.2.5"));
    }

    @Test
    void Q76_shouldTellAllPlacesOfABootFile() {
        Survey.Seen seen = seen(
                DHCP,
                true,
                options().put(OptionCode.TFTP_SERVER_NAME, "wds").putTerminated(OptionCode.BOOT_FILE, "x\u0007.n12"),
                "boot/wdsnbp.com");

        assertThat(SegmentJudge.judge(client(seen, OURS)))
                .extracting(Finding::detail)
                .containsExactly("file \"boot/wdsnbp.com\", option 66 \"wds\", option 67 \"x?.n12\"");
    }

    @Test
    void Q55_shouldTellThatIpxeMayNotListenToProxies() {
        DhcpOptions.Builder forbids = options().put(OptionCode.IPXE, new byte[] {(byte) 176, 1, 1, (byte) 255});
        DhcpOptions.Builder allows = options().put(OptionCode.IPXE, new byte[] {(byte) 176, 1, 0, (byte) 255});

        assertThat(troubles(client(dhcp(forbids), OURS))).containsExactly(Trouble.DHCP_FORBIDS_PROXIES);
        assertThat(troubles(client(dhcp(allows), OURS))).isEmpty();
    }

    @Test
    void shouldTellOption252() {
        assertThat(troubles(client(dhcp(options().put(OptionCode.BCD_PATH, "http://wpad/")), OURS)))
                .containsExactly(Trouble.DHCP_SENDS_252);
    }

    @Test
    void Q76_shouldTellE55OfABootServerThatIsDeadAtPort4011() {
        Survey.Seen foreign = seen(OTHER, false, options().put(OptionCode.VENDOR_CLASS, "PXEClient"), "");
        Survey asked = client(LEASE, foreign, OURS);

        assertThat(asked.toAsk()).containsExactly(OTHER);
        assertThat(troubles(with(asked, Map.of(OTHER, false))))
                .containsExactly(Trouble.FOREIGN_PROXY, Trouble.DEAD_BOOT_SERVER);
        assertThat(SegmentJudge.formBeside(SegmentJudge.judge(with(asked, Map.of(OTHER, false)))))
                .as("EDK2 would ask it for ten seconds first")
                .contains(ReplyForms.PXE10);
        assertThat(troubles(with(asked, Map.of(OTHER, true)))).containsExactly(Trouble.FOREIGN_PROXY);
        assertThat(SegmentJudge.formBeside(SegmentJudge.judge(with(asked, Map.of(OTHER, true)))))
                .isEmpty();
    }

    @Test
    void Q76_shouldTellE77OfAMenuWithoutItsServers() {
        DhcpOptions.Builder options = options()
                .put(OptionCode.VENDOR_CLASS, "PXEClient")
                .put(OptionCode.VENDOR_SPECIFIC, new byte[] {6, 1, 7, 9, 4, 0, 1, 1, 'x', (byte) 255});

        assertThat(symptoms(client(LEASE, seen(OTHER, false, options, ""), OURS)))
                .contains("PXE-E77");
    }

    @Test
    void Q73_Q76_shouldTellSnoopingWhereAPeerAnsweredAndNothingCame() {
        Survey survey = new Survey(List.of(LEASE), Set.of(), Set.of(PEER), true, Map.of());

        assertThat(SegmentJudge.judge(survey))
                .containsExactly(new Finding(Trouble.OFFERS_SNOOPED, PEER, "it said so on the mesh"));
    }

    @Test
    void shouldTellThatNoPeerAnswered() {
        assertThat(troubles(new Survey(List.of(LEASE), Set.of(), Set.of(), true, Map.of())))
                .containsExactly(Trouble.NO_PEER);
    }

    @Test
    void shouldConcludeNothingFromSilenceTowardsARelay() {
        assertThat(SegmentJudge.judge(new Survey(List.of(), Set.of(PEER), Set.of(), false, Map.of())))
                .isEmpty();
    }

    @Test
    void shouldBeARecognisableClientOfTheMesh() {
        DhcpPacket discover = Probe.discover(7, Ipv4Address.NONE);
        byte[] bytes = DhcpCodec.encode(discover);

        assertThat(new PxeSieve(ClientInspector.STANDARD_VENDOR_IDS).looksLikePxe(ByteBuffer.wrap(bytes)))
                .isTrue();
        assertThat(new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS).inspect(discover, ClientFacts.DHCP_PORT))
                .isInstanceOfSatisfying(
                        Inspection.Client.class,
                        client -> assertThat(client.facts().isProbe()).isTrue());
    }

    @Property(tries = 1000)
    void shouldJudgeWhateverStrangersSend(@ForAll byte[] vendor, @ForAll byte[] ipxe, @ForAll byte[] servers) {
        DhcpOptions.Builder options = options()
                .put(OptionCode.VENDOR_CLASS, "PXEClient")
                .put(OptionCode.VENDOR_SPECIFIC, vendor)
                .put(OptionCode.TFTP_SERVERS, servers)
                .put(OptionCode.IPXE, ipxe);
        DhcpPacket sent = dhcp(options).packet();

        if (DhcpCodec.decode(ByteBuffer.wrap(DhcpCodec.encode(sent))) instanceof Decoded.Ok<DhcpPacket>(var packet)) {
            assertThat(SegmentJudge.judge(client(new Survey.Seen(DHCP, packet))))
                    .isNotEmpty();
        }
    }

    private static Survey client(Survey.Seen... offers) {
        boolean ours = Arrays.asList(offers).contains(OURS);
        return new Survey(List.of(offers), Set.of(), ours ? Set.of(PEER) : Set.of(), true, Map.of());
    }

    private static Survey with(Survey survey, Map<Ipv4Address, Boolean> bootServers) {
        return new Survey(survey.offers(), survey.peers(), survey.answered(), survey.asClient(), bootServers);
    }

    private static List<Trouble> troubles(Survey survey) {
        return SegmentJudge.judge(survey).stream().map(Finding::trouble).toList();
    }

    private static List<String> symptoms(Survey survey) {
        return SegmentJudge.judge(survey).stream()
                .map(f -> f.trouble().symptom())
                .toList();
    }

    private static DhcpOptions.Builder options() {
        return DhcpOptions.builder().put(MessageType.OFFER);
    }

    private static Survey.Seen dhcp(DhcpOptions.Builder options) {
        return seen(DHCP, true, options, "");
    }

    private static Survey.Seen seen(Ipv4Address server, boolean lease, DhcpOptions.Builder options, String file) {
        DhcpPacket question = Probe.discover(7, Ipv4Address.NONE);
        return new Survey.Seen(
                server,
                new DhcpPacket(
                        DhcpPacket.BOOTREPLY,
                        1,
                        6,
                        0,
                        7,
                        0,
                        0,
                        Ipv4Address.NONE,
                        lease ? Ipv4Address.parse("192.0.2.100") : Ipv4Address.NONE,
                        server,
                        Ipv4Address.NONE,
                        question.chaddr(),
                        new byte[64],
                        Arrays.copyOf(file.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 128),
                        options.put(OptionCode.SERVER_ID, server).build()));
    }
}
