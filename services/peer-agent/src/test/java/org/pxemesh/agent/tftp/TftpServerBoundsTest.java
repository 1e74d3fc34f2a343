package org.pxemesh.agent.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.tftp.LoopbackTftp.Client;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.tftp.Handover;
import org.pxemesh.netboot.tftp.HandoverCodec;

/** Ports, bounds and take-over, over real sockets of both hosts. */
@ParameterizedClass
@EnumSource
class TftpServerBoundsTest {

    private static final TftpPorts ANY = new TftpPorts(0, 0, 0);

    @Parameter
    private TestHost host = TestHost.PORTABLE;

    @TempDir
    private Path tree;

    private final byte[] kernel = new byte[3_000_000];
    private HostNetwork network;
    private DeskFixture fixture;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(kernel);
        fixture = DeskFixture.over(tree, kernel, "127.0.0.1", "127.0.0.1");
        network = host.open();
    }

    @Test
    void shouldSendLittleToAStrangerInWhoseNameSomebodyAsks() throws IOException {
        try (LoopbackTftp tftp = new LoopbackTftp(fixture, network, ANY);
                Client victim = new Client("127.0.0.1")) {
            // When 500 requests come in the name of somebody who never asked
            long began = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                victim.ask(tftp.server, "amd64/linux", Map.of());
            }
            victim.hearOut(1_500);
            // Then 40 of them were answered and two a second since, however long this took, and few twice more
            long seconds = 1 + (System.nanoTime() - began) / 1_000_000_000;
            assertThat(victim.received).isPositive().isLessThanOrEqualTo((42 + 4 * seconds) * 516);
        }
    }

    @Test
    void shouldServeAClientBesideAFlood() throws IOException {
        try (LoopbackTftp tftp = new LoopbackTftp(fixture, network, ANY);
                Client client = new Client("127.0.0.1")) {
            client.ask(tftp.server, "amd64/linux", Map.of("blksize", "1400", "windowsize", "16"));
            client.hear();
            client.ack(0);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            // When strangers of 200 addresses ask while it loads
            for (int block = 1; file.size() < kernel.length; block++) {
                if (block % 10 == 0) {
                    try (Client stranger = new Client("127.1.0." + (block / 10 % 200 + 1))) {
                        stranger.ask(tftp.server, "amd64/linux", Map.of("windowsize", "64", "blksize", "1400"));
                    }
                }
                byte[] data = client.hearBlock(block);
                file.writeBytes(data);
                if (block % 16 == 0 || data.length < 1400) {
                    client.ack(block);
                }
            }
            // Then
            assertThat(file.toByteArray()).isEqualTo(kernel);
        }
    }

    @Test
    void shouldServeAllFromASinglePort() throws IOException {
        int port = freePort();
        try (LoopbackTftp tftp = new LoopbackTftp(fixture, network, new TftpPorts(port, port, port));
                Client client = new Client("127.0.0.1")) {
            client.ask(tftp.server, "amd64/linux", Map.of("tsize", "0"));
            assertThat(client.hear().getShort(0)).isEqualTo((short) 6);
            assertThat(((InetSocketAddress) client.from).getPort()).isEqualTo(port);
            client.ack(0);
            client.hearBlock(1);
            client.ack(1);
            client.hearBlock(2);
        }
    }

    @Test
    void shouldSpreadClientsOverARangeOfPorts() throws IOException {
        TftpPorts range = freeRange(4);
        Set<Integer> used = new HashSet<>();
        try (LoopbackTftp tftp = new LoopbackTftp(fixture, network, range)) {
            for (int i = 0; i < 24; i++) {
                try (Client client = new Client("127.0.0.1")) {
                    client.ask(tftp.server, "amd64/linux", Map.of());
                    client.hearBlock(1);
                    client.ack(1);
                    client.hearBlock(2);
                    used.add(((InetSocketAddress) client.from).getPort());
                }
            }
        }
        assertThat(used)
                .hasSizeGreaterThan(1)
                .allSatisfy(port -> assertThat(port).isBetween(range.first(), range.last()));
    }

    @Test
    void Q85_shouldLetTheClientNameEachWindow() throws IOException {
        try (LoopbackTftp tftp = new LoopbackTftp(fixture, network, ANY);
                Client client = new Client("127.0.0.1")) {
            client.ask(tftp.server, "amd64/linux", Map.of("msftwindow", "31416"));
            assertThat(new String(client.hear().array(), 2, 16, StandardCharsets.US_ASCII))
                    .isEqualTo("msftwindow\u000027182");
            client.ack(0, 2);
            client.hearBlock(1);
            client.hearBlock(2);
            client.ack(2, 3);
            for (int block = 3; block <= 5; block++) {
                client.hearBlock(block);
            }
        }
    }

    @Test
    void shouldGoOnWithATransferThatAnotherServerBegan() throws IOException {
        TftpPorts ports = freeRange(1);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Handover told;
        try (Client client = new Client("127.0.0.1")) {
            int block = 0;
            // Given a client that has half of the file when its server vanishes
            try (LoopbackTftp first = new LoopbackTftp(fixture, network, ports)) {
                client.ask(first.server, "amd64/linux", Map.of("blksize", "1000"));
                client.hear();
                client.ack(0);
                block = load(client, file, block, 1200);
                // whose neighbours were told of it
                Awaitility.await().until(() -> !first.told.isEmpty());
                told = first.told.getLast();
                // and which got on since
                block = load(client, file, block, 300);
            }
            assertThat(told.block()).isPositive().isLessThan(block);

            // When a neighbour has its address and ports, and what it was told
            try (LoopbackTftp second = new LoopbackTftp(fixture, network, ports)) {
                assertThat(HandoverCodec.decode(HandoverCodec.encode(told))).isEqualTo(Decoded.ok(told));
                second.server.takeOver(told);
                // Then the client's next ACK is answered: firmware repeats it until it is
                client.socket.setSoTimeout(200);
                int last = block;
                Awaitility.await().ignoreExceptions().until(() -> {
                    client.ack(last);
                    client.hearBlock(last + 1);
                    return true;
                });
                client.socket.setSoTimeout(5_000);
                file.write(kernel, last * 1000, 1000);
                client.ack(last + 1);
                load(client, file, last + 1, 3001 - last - 1);
            }
        }
        assertThat(file.toByteArray()).isEqualTo(kernel);
    }

    @Test
    void shouldNotGoOnWithOtherContent() throws IOException {
        TftpPorts ports = freeRange(1);
        try (Client client = new Client("127.0.0.1")) {
            Handover told;
            try (LoopbackTftp first = new LoopbackTftp(fixture, network, ports)) {
                client.ask(first.server, "amd64/linux", Map.of("blksize", "1000"));
                client.hear();
                client.ack(0);
                load(client, new ByteArrayOutputStream(), 0, 100);
                Awaitility.await().until(() -> !first.told.isEmpty());
                told = first.told.getLast();
            }
            Handover other = new Handover(
                    told.server(),
                    told.serverPort(),
                    told.client(),
                    told.clientPort(),
                    told.run(),
                    told.plan(),
                    told.path(),
                    "00".repeat(32),
                    told.length(),
                    told.agreement(),
                    told.block());
            client.hearOut(100);
            try (LoopbackTftp second = new LoopbackTftp(fixture, network, ports)) {
                second.server.takeOver(other);
                client.ack(100);
                ByteBuffer answer = client.hear();
                assertThat(answer.getShort(0)).as("ERROR").isEqualTo((short) 5);
                assertThat(answer.getShort(2)).as("no such transfer").isEqualTo((short) 5);
            }
        }
    }

    /** Takes blocks in lock-step; the last block. */
    private static int load(Client client, ByteArrayOutputStream file, int from, int blocks) throws IOException {
        for (int block = from + 1; block <= from + blocks; block++) {
            file.writeBytes(client.hearBlock(block));
            client.ack(block);
        }
        return from + blocks;
    }

    private static int freePort() throws IOException {
        try (Client any = new Client("127.0.0.1")) {
            return any.socket.getLocalPort();
        }
    }

    private static TftpPorts freeRange(int ports) throws IOException {
        int first = freePort();
        return new TftpPorts(0, first, first + ports - 1);
    }
}
