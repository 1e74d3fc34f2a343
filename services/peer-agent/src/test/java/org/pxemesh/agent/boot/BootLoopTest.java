package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pxemesh.agent.config.AgentConfig.HostKind;
import org.pxemesh.agent.dhcp.Wire;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.agent.host.Hosts;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.agent.host.linux.LinuxNetwork;
import org.pxemesh.netboot.dhcp.Ipv4Address;

/** The boot thread over real sockets, read in batches by the system's calls and one by one. */
@ParameterizedClass
@EnumSource(
        value = HostKind.class,
        names = {"LINUX", "PORTABLE"})
class BootLoopTest {
    private static final Inet4Address LOOPBACK = (Inet4Address) InetAddress.ofLiteral("127.0.0.1");
    private static final int SECONDS = 30;

    @Parameter
    private HostKind host = HostKind.AUTO;

    private final BootLoop loop = new BootLoop();
    private final AtomicInteger batches = new AtomicInteger();
    private BatchSockets sockets;
    private DatagramSocket client;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(host != HostKind.LINUX || LinuxNetwork.isAvailable(), "this is no Linux");
        var device = NetworkInterface.getByInetAddress(LOOPBACK);
        sockets = Hosts.network(host)
                .openBatch(List.of(
                        SocketSpec.unicast("first", device, LOOPBACK, 0),
                        SocketSpec.unicast("second", device, LOOPBACK, 0)));
        client = new DatagramSocket(0, LOOPBACK);
        client.setSoTimeout(SECONDS * 1_000);
    }

    @AfterEach
    void stop() {
        client.close();
        loop.end();
    }

    private static void quietly(ThrowingRunnable task) throws IOException {
        var log = Logger.getLogger(BootLoop.class.getName());
        var level = log.getLevel();
        log.setLevel(Level.OFF);
        try {
            task.run();
        } finally {
            log.setLevel(level);
        }
    }

    private interface ThrowingRunnable {
        void run() throws IOException;
    }

    /** The first socket answers with the same, the second with its number; "fail" fails. */
    private void serve() {
        Wire first = loop.wire(0);
        Wire second = loop.wire(1);
        loop.serve(
                sockets,
                List.of(
                        (datagram, source, port) -> {
                            if (new String(datagram, StandardCharsets.US_ASCII).equals("fail")) {
                                throw new IllegalStateException("on purpose");
                            }
                            first.send(datagram, source, port);
                        },
                        (datagram, source, port) -> second.send(new byte[] {'2'}, source, port)),
                batches::incrementAndGet);
    }

    private void ask(int socket, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        client.send(new DatagramPacket(octets, octets.length, new InetSocketAddress(LOOPBACK, sockets.port(socket))));
    }

    private String hear() throws IOException {
        var packet = new DatagramPacket(new byte[2048], 2048);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    @Test
    void shouldAnswerEveryDatagramInItsOrder() throws IOException {
        // Given more than one batch, asked before anybody reads
        for (int i = 0; i < 100; i++) {
            ask(0, "question " + i);
        }

        // When
        serve();

        // Then
        for (int i = 0; i < 100; i++) {
            assertThat(hear()).isEqualTo("question " + i);
        }
        assertThat(batches.get()).isPositive();
    }

    @Test
    void shouldKeepItsSocketsApart() throws IOException {
        serve();
        ask(1, "to the second");
        assertThat(hear()).isEqualTo("2");
        ask(0, "to the first");
        assertThat(hear()).isEqualTo("to the first");
    }

    @Test
    void shouldTakeAsMuchAsAnEthernetPacketHas() throws IOException {
        serve();
        String much = "x".repeat(1472);
        ask(0, much);
        assertThat(hear()).isEqualTo(much);
    }

    @Test
    void shouldRunWhatOthersAskOfItWhileNoDatagramComes() throws Exception {
        // Given what was asked before it served
        var early = loop.submit(() -> "early");

        // When
        serve();

        // Then
        assertThat(early.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("early");
        assertThat(loop.submit(() -> "now").get(SECONDS, TimeUnit.SECONDS)).isEqualTo("now");
        assertThat(loop.schedule(() -> "later", 20, TimeUnit.MILLISECONDS).get(SECONDS, TimeUnit.SECONDS))
                .isEqualTo("later");
    }

    @Test
    void shouldSendWhatATimerAnswers() throws Exception {
        // Given
        serve();
        ask(0, "first");
        assertThat(hear()).isEqualTo("first");
        var to = new CompletableFuture<Void>();

        // When
        loop.schedule(
                () -> {
                    loop.wire(0).send(new byte[] {'t'}, Ipv4Address.of(LOOPBACK), client.getLocalPort());
                    to.complete(null);
                },
                5,
                TimeUnit.MILLISECONDS);

        // Then
        to.get(SECONDS, TimeUnit.SECONDS);
        assertThat(hear()).isEqualTo("t");
    }

    @Test
    void shouldAnswerTheNextWhenOneFailed() throws IOException {
        quietly(() -> {
            // Given
            serve();

            // When
            ask(0, "fail");
            ask(0, "next");

            // Then
            assertThat(hear()).isEqualTo("next");
        });
    }

    @Test
    void shouldGoOnWhenWhatFollowsABatchFails() throws IOException {
        quietly(() -> {
            // Given
            Wire first = loop.wire(0);
            var fails = new AtomicBoolean(true);
            loop.serve(sockets, List.of(first::send, first::send), () -> {
                if (fails.get()) {
                    throw new IllegalStateException("on purpose");
                }
            });

            // When, Then
            ask(0, "one");
            assertThat(hear()).isEqualTo("one");
            ask(0, "another");
            assertThat(hear()).isEqualTo("another");
            fails.set(false);
        });
    }

    @Test
    void shouldEndWithoutHavingServed() {
        loop.end();
        assertThat(loop.isTerminated()).isTrue();
        sockets.close();
    }
}
