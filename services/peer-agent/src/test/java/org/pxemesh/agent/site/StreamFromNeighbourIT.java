package org.pxemesh.agent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.SlowTftp;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.SiteKind;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpPacket.ReadRequest;

/** A machine boots from a peer that gathers from the uplink, which still gathers itself. */
class StreamFromNeighbourIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration WHOLE = Duration.ofSeconds(120);
    private static final int SIZE = 8_000_000;
    private static final int ERROR = 5;
    private static final int OPTION_ACK = 6;
    private static final String MAC = "52:54:00:00:00:02";

    @TempDir
    Path directory;

    private final List<TestPeer> peers = new ArrayList<>();
    private Vertx vertx;
    private TestHq hq;
    private TestPeer uplink;
    private TestPeer plain;
    private int xid;

    @BeforeEach
    void startHqAndTwoPeers() throws Exception {
        vertx = Vertx.vertx();
        hq = new TestHq(vertx, directory.resolve("kafka"));
        var ports = FreePorts.find(2, 3);
        for (var n = 2; n <= 3; n++) {
            peers.add(new TestPeer(n, vertx, hq, directory, ports));
        }
        peers.forEach(TestPeer::start);
        hq.renewEpoch();
        hq.site(SiteKind.BRANCH);
        await().atMost(SOON)
                .until(() -> peers.stream()
                                .allMatch(peer -> peer.isServing()
                                        && peer.segment().members().size() == 2
                                        && peer.segment().uplink().isPresent())
                        && peers.stream()
                                        .filter(peer -> peer.segment().isUplink())
                                        .count()
                                == 1);
        uplink = peers.stream()
                .filter(peer -> peer.segment().isUplink())
                .findFirst()
                .orElseThrow();
        plain = peers.stream().filter(peer -> peer != uplink).findFirst().orElseThrow();
    }

    @AfterEach
    void stop() throws Exception {
        peers.forEach(TestPeer::close);
        hq.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void shouldBootAMachineFromAPeerThatGathersFromOneThatGathers() throws Exception {
        // Given a line that brings the package in twenty seconds
        hq.bytesPerSecond = SIZE / 20;
        hq.deploy(1, SIZE);

        // When a machine that the uplink answered reads from the other peer, as soon as that one lets it
        answered();
        var last = new AtomicReference<SlowTftp.End>();
        await().atMost(WHOLE).pollInterval(Duration.ofMillis(200)).until(() -> {
            var end = SlowTftp.fetch(plain.edges().tftp(), "file0", bytes -> {});
            last.set(end);
            return !end.error().contains("still arriving");
        });
        var fetched = Objects.requireNonNull(last.get());

        // Then it has all of it, which came from the neighbour, and over the WAN once
        assertThat(fetched.error()).isEmpty();
        assertThat(Sha256.of(fetched.bytes()).hex()).isEqualTo(hq.digestOfFile0());
        assertThat(plain.edges().streams("begun")).isEqualTo(1);
        assertThat(plain.edges().streams("starved")).isZero();
        assertThat(plain.agent.swarm().sources().values())
                .singleElement()
                .satisfies(sources -> assertThat(sources).doesNotContainKey("wan"));
        assertThat(hq.bytesServed.get()).isLessThanOrEqualTo(SIZE * 102L / 100);
    }

    /** The answer to a request may get lost: its client asks again from the same port. */
    @Test
    void shouldAgreeOnTheSameOptionsWhenAClientThatLostThemAsksAgain() throws Exception {
        // Given
        hq.bytesPerSecond = SIZE / 20;
        hq.deploy(1, SIZE);
        answered();
        var request = TftpCodec.encodeRequest(new ReadRequest("file0", "octet", Map.of("blksize", "1024")));
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            socket.setSoTimeout(8_000);

            // When
            var first = asksUntilItIsLet(socket, request);
            var again = asks(socket, request, plain.edges().tftp());
            var data = asks(socket, TftpCodec.encodeAck(0), again.getSocketAddress());
            while (bytes(data)[1] == OPTION_ACK) {
                // It may have come once more before the ACK was there; a packet keeps the last length.
                data.setLength(2048);
                socket.receive(data);
            }

            // Then
            assertThat(bytes(first)).startsWith(0, OPTION_ACK).isEqualTo(bytes(again));
            assertThat(bytes(data)).startsWith(0, 3, 0, 1).hasSize(4 + 1024);
        }
    }

    /** A peer that has just begun to gather does not know yet how fast that goes, and lets nobody begin. */
    private DatagramPacket asksUntilItIsLet(DatagramSocket socket, byte[] request) {
        var answer = new AtomicReference<DatagramPacket>();
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
            var said = asks(socket, request, plain.edges().tftp());
            answer.set(said);
            return bytes(said)[1] != ERROR;
        });
        return Objects.requireNonNull(answer.get());
    }

    private static DatagramPacket asks(DatagramSocket socket, byte[] words, SocketAddress to) throws Exception {
        socket.send(new DatagramPacket(words, words.length, to));
        var answer = new DatagramPacket(new byte[2048], 2048);
        socket.receive(answer);
        return answer;
    }

    private static byte[] bytes(DatagramPacket packet) {
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** The uplink answers first where nobody holds the package whole; its neighbour is told. */
    private void answered() {
        var offer = new AtomicReference<DhcpPacket>();
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
            uplink.edges().hears(MAC, 0, ++xid);
            uplink.edges().answer().ifPresent(offer::set);
            return offer.get() != null;
        });
        uplink.edges().tells(plain.edges());
        plain.edges().desk().sessions().learn(MAC, Ipv4Address.parse("127.0.0.1"));
    }
}
