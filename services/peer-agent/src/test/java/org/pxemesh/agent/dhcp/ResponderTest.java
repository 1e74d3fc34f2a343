package org.pxemesh.agent.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pxemesh.agent.dhcp.Clients.clientReportedInAttempt;
import static org.pxemesh.agent.dhcp.Clients.clientWithRank;
import static org.pxemesh.agent.dhcp.FakeSocket.decoded;
import static org.pxemesh.agent.dhcp.FakeSocket.nothing;
import static org.pxemesh.agent.dhcp.FakeSocket.offered;
import static org.pxemesh.agent.dhcp.FakeSocket.packet;
import static org.pxemesh.agent.dhcp.FakeSocket.receive;
import static org.pxemesh.agent.dhcp.Heard.discover;
import static org.pxemesh.agent.dhcp.Heard.heard;
import static org.pxemesh.agent.dhcp.Heard.httpDiscover;
import static org.pxemesh.agent.dhcp.Heard.ipxeDiscover;
import static org.pxemesh.agent.dhcp.Heard.request;
import static org.pxemesh.agent.dhcp.Heard.withOptions;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.agent.boot.Plans;
import org.pxemesh.agent.dhcp.FakeSocket.Sent;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.BootOffered;
import org.pxemesh.events.BootRequested;
import org.pxemesh.events.FirmwareObserved;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.pxe.ClientStage;
import org.pxemesh.netboot.pxe.Offered;
import org.pxemesh.netboot.pxe.ReplyForms;
import org.pxemesh.netboot.watch.Probe;

/** One of two peers, fed with datagrams; its channels' clock is turned by hand. */
class ResponderTest {

    private static final InetSocketAddress NOBODY = new InetSocketAddress("0.0.0.0", 68);
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.12", 7465);

    @TempDir
    private Path tree;

    private DeskFixture fixture;
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final FakeSocket mesh = new FakeSocket();
    private final FakeSocket dhcp = new FakeSocket();
    private final FakeSocket bootServer = new FakeSocket();
    private Responder responder;
    private String mine;
    private String theirs;

    @BeforeEach
    void start() throws IOException {
        fixture = DeskFixture.over(tree, new byte[10], "192.0.2.11", "192.0.2.11", "192.0.2.12");
        clock.freezeTime();
        responder = new Responder(fixture.desk(), clock.eventLoop(), fixture.metrics(), mesh);
        dhcp.taker = new ProxyDhcp(67, fixture.metrics(), responder, dhcp);
        bootServer.taker = new ProxyDhcp(4011, fixture.metrics(), responder, bootServer);
        mesh.taker = responder.offeredPort();
        mine = clientWithRank(fixture.desk(), 0);
        theirs = clientWithRank(fixture.desk(), 1);
    }

    @Test
    void shouldAnswerItsOwnClientsAtOnceAndTellThePeers() {
        // When
        receive(dhcp, discover(mine, 7, 1), NOBODY);

        // Then
        Sent sent = sent(dhcp);
        assertThat(sent.to()).isEqualTo(Ipv4Address.BROADCAST);
        assertThat(sent.port()).isEqualTo(68);
        DhcpPacket offer = packet(sent);
        assertThat(offer.messageType()).isEqualTo(MessageType.OFFER);
        assertThat(offer.siaddr()).hasToString("192.0.2.11");
        assertThat(offer.options().has(OptionCode.VENDOR_SPECIFIC)).isFalse();
        Offered offered = offered(sent(mesh));
        assertThat(offered.client().mac()).hasToString(mine);
        assertThat(offered.attempt()).isZero();
        assertThat(fixture.events(BootRequested.class)).hasSize(1);
        assertThat(fixture.events(BootOffered.class))
                .singleElement()
                .satisfies(event -> assertThat(event.boot().bootId()).isEqualTo(offered.bootId()));
    }

    @Test
    void shouldAnswerAnothersClientsOnlyWhenThatOneStaysSilent() {
        receive(dhcp, discover(theirs, 0, 1), NOBODY);
        assertThat(nothing(dhcp)).isTrue();

        after(59);
        assertThat(nothing(dhcp)).isTrue();
        after(1);

        assertThat(packet(sent(dhcp)).fileName()).isEqualTo("pxelinux.0");
    }

    @Test
    void shouldStaySilentWhenTheBetterPeerAnswered() {
        receive(dhcp, discover(theirs, 0, 1), NOBODY);

        receive(mesh, heard(theirs, 1, 0, 0).encode(), PEER);
        after(1_000);

        assertThat(nothing(dhcp)).isTrue();
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void shouldAnswerTooWhenTheBetterPeerAnsweredAndDied() {
        receive(dhcp, discover(theirs, 7, 1), NOBODY);
        receive(mesh, heard(theirs, 1, 0, 0).encode(), PEER);

        fixture.leaves("192.0.2.12");
        after(200);

        assertThat(packet(sent(dhcp)).siaddr()).hasToString("192.0.2.11");
        assertThat(offered(sent(mesh)).attempt()).isZero();
        after(3_000);
        assertThat(nothing(dhcp)).as("a third offer").isTrue();
    }

    @Test
    void shouldAnswerTheNextAttemptOfAnothersClientFirst() {
        receive(dhcp, discover(theirs, 0, 1), NOBODY);
        receive(mesh, heard(theirs, 1, 0, 0).encode(), PEER);

        receive(dhcp, discover(theirs, 0, 2), NOBODY);

        assertThat(packet(sent(dhcp)).messageType()).isEqualTo(MessageType.OFFER);
        assertThat(offered(sent(mesh)).attempt()).isEqualTo(1);
    }

    @Test
    void shouldGoOnWithTheBootOfTheOtherPeer() {
        UUID boot = UUID.randomUUID();
        Offered other = new Offered(
                1,
                new ClientStage(HardwareAddress.parse(theirs), false),
                0,
                0,
                Ipv4Address.parse("192.0.2.12"),
                boot,
                0);
        receive(mesh, other.encode(), PEER);

        receive(dhcp, discover(theirs, 0, 2), NOBODY);

        assertThat(offered(sent(mesh)).bootId()).isEqualTo(boot);
    }

    @Test
    void Q57_shouldWaitBeforeItsOfferWhereRomsMissAnInstantOne() {
        // Given
        Responder slow = new Responder(
                fixture.desk(), clock.eventLoop(), fixture.metrics(), mesh, bootServer, Duration.ofMillis(200));
        dhcp.taker = new ProxyDhcp(67, fixture.metrics(), slow, dhcp);

        // When
        receive(dhcp, discover(mine, 7, 1), NOBODY);
        after(199);
        assertThat(nothing(dhcp)).isTrue();
        after(1);

        // Then
        assertThat(packet(sent(dhcp)).messageType()).isEqualTo(MessageType.OFFER);
    }

    @Test
    void Q57_shouldRefuseADelayThatNoClientWaitsFor() {
        assertThatThrownBy(() -> new Responder(
                        fixture.desk(), clock.eventLoop(), fixture.metrics(), mesh, bootServer, Duration.ofSeconds(2)))
                .hasMessageContaining("pxemesh.dhcp.delay is PT2S");
    }

    /** A DHCP server on the same host has port 67; what this peer hears of a client is its question at port 4011. */
    @Test
    void Q72_shouldAnswerAtPort4011AClientThatItNeverHeardAtPort67() {
        receive(bootServer, request(mine, 7, 2), new InetSocketAddress("192.0.2.50", 4011));

        DhcpPacket ack = packet(sent(bootServer));
        assertThat(ack.messageType()).isEqualTo(MessageType.ACK);
        assertThat(ack.fileName()).isNotEmpty();
    }

    @Test
    void shouldTellItsFormToThePeersAndToHqOnceTheFirmwareTookIt() {
        // Given
        receive(dhcp, discover(mine, 7, 1), NOBODY);
        assertThat(offered(sent(mesh)).form()).isEqualTo(ReplyForms.BINL.code());

        // When
        receive(bootServer, request(mine, 7, 2), new InetSocketAddress("192.0.2.50", 4011));
        receive(bootServer, request(mine, 7, 2), new InetSocketAddress("192.0.2.50", 4011));

        // Then
        assertThat(fixture.events(FirmwareObserved.class)).singleElement().satisfies(event -> {
            assertThat(event.form()).isEqualTo("binl");
            assertThat(event.passed()).isEmpty();
            assertThat(event.foreignPxe()).isFalse();
            assertThat(fixture.desk()
                            .segment()
                            .firmware()
                            .of(event.fingerprint().id()))
                    .isPresent();
        });
    }

    @Test
    void Q73_shouldAnswerAProbeWithoutABoot() {
        // When
        receive(dhcp, DhcpCodec.encode(Probe.discover(7, Ipv4Address.NONE)), NOBODY);

        // Then
        assertThat(packet(sent(dhcp)).messageType()).isEqualTo(MessageType.OFFER);
        assertThat(offered(sent(mesh)).client().mac()).isEqualTo(Probe.ADDRESS);
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void shouldAcknowledgeAtTheBootServerPortToTheSource() {
        receive(dhcp, discover(mine, 7, 1), NOBODY);
        sent(dhcp);
        InetSocketAddress source = new InetSocketAddress("192.0.2.50", 4011);

        receive(bootServer, request(mine, 7, 2), source);

        Sent sent = sent(bootServer);
        assertThat(sent.to()).hasToString("192.0.2.50");
        assertThat(sent.port()).isEqualTo(4011);
        assertThat(packet(sent).messageType()).isEqualTo(MessageType.ACK);
        assertThat(packet(sent).fileName()).isEqualTo("snponly.efi");
    }

    @Test
    void shouldGiveItsOwnIpxeAScriptAndNotTheBinaryAgain() {
        receive(dhcp, discover(mine, 7, 1), NOBODY);
        sent(dhcp);

        receive(dhcp, ipxeDiscover(mine, 7, 2), NOBODY);

        UUID boot = fixture.events(BootOffered.class).getFirst().boot().bootId();
        assertThat(packet(sent(dhcp)).fileName())
                .isEqualTo("http://192.0.2.11:8069/boot/" + boot + ".00000001/boot.ipxe");
    }

    @Test
    void Q41_shouldOfferUefiHttpBootADiskWhereThePackageHasSignedLoaders() throws IOException {
        // Given a tree with shim and GRUB beside its iPXE
        Files.writeString(tree.resolve("amd64/bootnetx64.efi"), "shim");
        Files.writeString(tree.resolve("amd64/grubx64.efi"), "GRUB");
        start();

        // When
        receive(dhcp, httpDiscover(mine, 16, 1), NOBODY);

        // Then
        assertThat(packet(sent(dhcp)).fileName())
                .startsWith("http://192.0.2.11:8069/boot/")
                .endsWith("/boot.img");

        // and firmware that comes by PXE gets the loader, as before
        receive(bootServer, request(mine, 7, 2), new InetSocketAddress("192.0.2.50", 4011));
        assertThat(packet(sent(bootServer)).fileName()).isEqualTo("snponly.efi");
    }

    @Test
    void Q41_shouldOfferUefiHttpBootTheLoaderWhereNothingIsSigned() {
        receive(dhcp, httpDiscover(mine, 16, 1), NOBODY);

        assertThat(packet(sent(dhcp)).fileName()).endsWith("/snponly.efi");
    }

    @Test
    void shouldGiveABiosRomWithIpxeItsLoader() {
        receive(dhcp, ipxeDiscover(mine, 0, 1), NOBODY);

        assertThat(packet(sent(dhcp)).fileName()).isEqualTo("pxelinux.0");
    }

    @Test
    void shouldTellOfAClientThatItIgnores() {
        receive(dhcp, discover(mine, 11, 1), NOBODY);
        receive(dhcp, discover(mine, 11, 2), NOBODY);

        assertThat(nothing(dhcp)).isTrue();
        assertThat(fixture.events(BootIgnored.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reasons()).containsExactly("ARCHITECTURE_NOT_IN_PACKAGE"));
    }

    @Test
    void shouldTellOfMissingContentOnlyWhenNobodyElseHadIt() {
        // Given two machines whose package nobody holds whole
        fixture.isLost();
        receive(dhcp, discover(mine, 7, 1), NOBODY);

        // When another peer serves one of them from what is arriving there
        receive(mesh, heard(mine, 1, 0, 1).encode(), PEER);
        after(2_000);

        // Then that one was not ignored
        assertThat(fixture.events(BootIgnored.class)).isEmpty();

        // When nobody answers the next attempt
        receive(dhcp, discover(mine, 7, 2), NOBODY);
        after(2_000);

        // Then
        assertThat(fixture.events(BootIgnored.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reasons()).containsExactly("PACKAGE_NOT_HELD"));
    }

    @Test
    void shouldAskAnIpxeToWaitForWhatNobodyHoldsYet() {
        // Given
        fixture.isLost();
        String client = clientReportedInAttempt(fixture.desk(), 0);

        // When nobody has answered it with what is arriving elsewhere
        receive(dhcp, ipxeDiscover(client, 0, 1), NOBODY);
        after(699);
        assertThat(nothing(dhcp)).isTrue();
        after(1);

        // Then within the 2 s that iPXE waits for a proxy it is told where it asks on, by no offer in a race
        DhcpPacket invitation = packet(sent(dhcp));
        assertThat(invitation.messageType()).isEqualTo(MessageType.OFFER);
        assertThat(invitation.fileName()).isEqualTo("http://192.0.2.11:8069/wait/bios/60/boot.ipxe");
        assertThat(invitation.siaddr()).hasToString("192.0.2.11");
        assertThat(invitation.options().address(OptionCode.SERVER_ID)).contains(invitation.siaddr());
        assertThat(nothing(mesh)).isTrue();
        assertThat(fixture.events(BootOffered.class)).isEmpty();
    }

    @Test
    void shouldAskNobodyToWaitWhomAnotherPeerAnswered() {
        fixture.isLost();
        String client = clientReportedInAttempt(fixture.desk(), 0);
        receive(dhcp, ipxeDiscover(client, 0, 1), NOBODY);

        receive(mesh, heard(client, true, 1, 0, 1).encode(), PEER);
        after(2_000);

        assertThat(nothing(dhcp)).isTrue();
    }

    @Test
    void shouldLeaveTheInvitationToThePeerWhoseTurnItIs() {
        fixture.isLost();
        String client = clientReportedInAttempt(fixture.desk(), 1);

        receive(dhcp, ipxeDiscover(client, 0, 1), NOBODY);
        after(2_000);
        assertThat(nothing(dhcp)).isTrue();

        receive(dhcp, ipxeDiscover(client, 0, 2), NOBODY);
        after(700);
        assertThat(packet(sent(dhcp)).fileName()).contains("/wait/");
    }

    @Test
    void shouldAskNoFirmwareToWaitThatCannot() {
        fixture.isLost();

        receive(dhcp, discover(clientReportedInAttempt(fixture.desk(), 0), 0, 1), NOBODY);
        after(2_000);

        assertThat(nothing(dhcp)).isTrue();
    }

    @Test
    void shouldPointAtAHolderWhenNoHolderAnswers() {
        // Given a peer that holds nothing, and another one that does
        fixture.holdsNothing();

        // When that one does not answer within its turn
        receive(dhcp, discover(mine, 7, 1), NOBODY);
        after(59);
        assertThat(nothing(dhcp)).isTrue();
        after(1);

        // Then the offer names it, and the message to the peers too
        DhcpPacket offer = packet(sent(dhcp));
        assertThat(offer.siaddr()).hasToString("192.0.2.12");
        assertThat(offer.options().address(OptionCode.SERVER_ID)).contains(offer.siaddr());
        assertThat(offered(sent(mesh)).pointed())
                .contains(new Offered.Pointed(Ipv4Address.parse("192.0.2.12"), 7, Optional.empty()));

        // and iPXE's script comes from there
        receive(dhcp, ipxeDiscover(mine, 7, 2), NOBODY);
        after(60);
        assertThat(packet(sent(dhcp)).fileName()).startsWith("http://192.0.2.12:8069/boot/");
    }

    @Test
    void shouldLearnTheClientsAddressFromItsRequestToTheDhcpServer() {
        receive(dhcp, discover(mine, 0, 1), NOBODY);
        DhcpPacket request = decoded(discover(mine, 0, 1));
        DhcpOptions options = request.options().toBuilder()
                .put(MessageType.REQUEST)
                .put(OptionCode.REQUESTED_ADDRESS, Ipv4Address.parse("192.0.2.50"))
                .build();

        receive(dhcp, DhcpCodec.encode(withOptions(request, options)), NOBODY);

        assertThat(fixture.desk().sessions().byAddress(Ipv4Address.parse("192.0.2.50")))
                .get()
                .satisfies(session -> assertThat(session.mac()).isEqualTo(mine));
    }

    @Test
    void shouldNeverAnswerGarbage() {
        byte[] discover = discover(mine, 7, 1);
        for (int cut = 0; cut < discover.length; cut += 3) {
            receive(dhcp, Arrays.copyOf(discover, cut), NOBODY);
            receive(mesh, Arrays.copyOf(discover, cut), PEER);
        }
        byte[] other = discover(mine, 7, 1);
        other[0] = 2;
        receive(dhcp, other, NOBODY);

        assertThat(fixture.events()).hasSizeLessThanOrEqualTo(2 * discover.length);
    }

    @Test
    void shouldForgetTheMachinesOfAFloodAndTheirTimersWithThem() {
        // Given more machines than it remembers, whose turn is another's first
        for (int i = 0, asked = 0; asked < 5_000; i++) {
            String mac = "52:54:01:%02x:%02x:%02x".formatted(i >> 16, i >> 8 & 0xff, i & 0xff);
            if (fixture.desk().turn(HardwareAddress.parse(mac), Plans.linux()).rank() == 1) {
                receive(dhcp, discover(mac, 0, i), NOBODY);
                asked++;
            }
        }
        assertThat(dhcp.out).isEmpty();

        // When nobody answers them
        after(60);

        // Then
        assertThat(dhcp.out).hasSize(4_096);
    }

    @Test
    void shouldNotWaitForTheAnswersToAllOfAFlood() {
        // Given
        fixture.isLost();

        // When
        for (int i = 0; i < 15_000; i++) {
            String mac = "52:54:01:%02x:%02x:%02x".formatted(i >> 16, i >> 8 & 0xff, i & 0xff);
            receive(dhcp, discover(mac, 0, i), NOBODY);
        }
        after(2_000);

        // Then of about half of them this peer is the one to tell, and it tells of so many only
        assertThat(fixture.events(BootIgnored.class)).hasSize(4_096);
    }

    private void after(long millis) {
        clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
    }

    private Sent sent(FakeSocket socket) {
        responder.offeredPort().flush();
        Sent packet = socket.out.poll();
        assertThat(packet).isNotNull();
        return packet;
    }
}
