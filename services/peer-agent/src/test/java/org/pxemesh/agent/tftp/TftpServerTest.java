package org.pxemesh.agent.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpPacket.ReadRequest;
import org.pxemesh.netboot.tftp.TransferLimits;

/** The server over real sockets of both hosts on loopback, and a client that is slow-witted on purpose. */
@ParameterizedClass
@EnumSource
class TftpServerTest {

    @Parameter
    private TestHost host = TestHost.PORTABLE;

    private static final Inet4Address LOOPBACK = (Inet4Address) InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    private Path tree;

    private final byte[] kernel = new byte[300_000];
    private final TftpPorts ports = new TftpPorts(0, 0, 0);
    private final ExecutorService bootThread = Executors.newSingleThreadExecutor();
    private HostNetwork network;
    private TftpServer server;
    private DeskFixture fixture;
    private SocketAddress requests;
    private DatagramSocket client;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(kernel);
        fixture = DeskFixture.over(tree, kernel, "127.0.0.1", "127.0.0.1");
        network = host.open();
        server = TftpServer.open(
                fixture.desk(),
                network,
                bootThread,
                NetworkInterface.getByInetAddress(LOOPBACK),
                LOOPBACK,
                ports,
                new TransferLimits(1500, 64, 60_000),
                fixture.metrics(),
                told -> {});
        requests = new InetSocketAddress(LOOPBACK, server.port());
        client = new DatagramSocket(0, LOOPBACK);
        client.setSoTimeout(5_000);
    }

    @AfterEach
    void stop() {
        server.close();
        bootThread.shutdownNow();
        client.close();
    }

    @Test
    void shouldSendAFileInWindows() throws IOException {
        byte[] received = fetch("amd64\\LINUX", Map.of("blksize", "1468", "windowsize", "8"), 1468, 8);

        assertThat(received).isEqualTo(kernel);
    }

    @Test
    void shouldSendAFileInLockStepWithoutOptions() throws IOException {
        assertThat(fetch("amd64/linux", Map.of(), 512, 1)).isEqualTo(kernel);
    }

    @Test
    void shouldSendAMadeFile() throws IOException {
        byte[] received = fetch("pxelinux.cfg/default", Map.of("tsize", "0"), 512, 1);

        assertThat(new String(received, StandardCharsets.UTF_8)).contains("kernel /amd64/linux");
    }

    @Test
    void Q92_shouldAnswerUnknownNamesWithAnErrorAtOnce() throws IOException {
        for (String name : new String[] {"revocations.efi", "../../etc/passwd", "/"}) {
            send(new ReadRequest(name, "octet", Map.of()));
            assertThat(errorCode(receive())).as(name).isEqualTo(1);
        }
    }

    @Test
    void Q95_shouldRefuseOtherModes() throws IOException {
        send(new ReadRequest("pxelinux.0", "mail", Map.of()));
        assertThat(errorCode(receive())).isEqualTo(4);

        send(new ReadRequest("amd64/linux", "netascii", Map.of()));
        assertThat(errorCode(receive())).as("300 000 bytes are no text").isEqualTo(4);
    }

    @Test
    void Q95_shouldRefuseToBeWrittenTo() throws IOException {
        byte[] write = TftpCodec.encodeRequest(new ReadRequest("amd64/linux", "octet", Map.of()));
        write[1] = 2;
        client.send(new DatagramPacket(write, write.length, requests));

        assertThat(errorCode(receive())).isEqualTo(2);
        assertThat(fetch("amd64/linux", Map.of("blksize", "1468"), 1468, 1)).isEqualTo(kernel);
    }

    @Test
    void Q90_shouldServeAMachineThatWasSwitchedOffAndAsksFromTheSamePort() throws IOException {
        // Given a ROM that always asks from one port, stopped after its second block
        send(new ReadRequest("amd64/linux", "octet", Map.of("blksize", "1000")));
        SocketAddress port = receive().getSocketAddress();
        ack(port, 0);
        assertThat(block(receive())).isEqualTo(1);
        ack(port, 1);
        assertThat(block(receive())).isEqualTo(2);
        ack(port, 2);
        assertThat(block(receive())).isEqualTo(3);

        // When it asks again, and passes over what was on its way
        send(new ReadRequest("amd64/linux", "octet", Map.of("blksize", "1000")));
        DatagramPacket answer = receive();
        while (opcode(answer) != 6) {
            answer = receive();
        }
        ack(port, 0);

        // Then it gets the whole file
        assertThat(load(1000, 1)).isEqualTo(kernel);
    }

    @Test
    void Q95_shouldSendTextAsTerminalsHaveIt() throws IOException {
        send(new ReadRequest("pxelinux.cfg/default", "netascii", Map.of()));
        DatagramPacket first = receive();

        assertThat(new String(first.getData(), 4, first.getLength() - 4, StandardCharsets.US_ASCII))
                .contains("kernel /amd64/linux")
                .contains("\r\n")
                .doesNotContainPattern("[^\r]\n");
    }

    @Test
    void Q80_shouldTellAnIntruderThatItHasNoTransfer() throws IOException {
        send(new ReadRequest("amd64/linux", "octet", Map.of()));
        SocketAddress transferPort = receive().getSocketAddress();

        // When another socket acknowledges
        try (DatagramSocket intruder = new DatagramSocket(0, LOOPBACK)) {
            intruder.setSoTimeout(5_000);
            byte[] ack = TftpCodec.encodeAck(1);
            intruder.send(new DatagramPacket(ack, ack.length, transferPort));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            intruder.receive(answer);
            assertThat(errorCode(answer)).isEqualTo(5);
        }

        // Then the session lives
        byte[] ack = TftpCodec.encodeAck(1);
        client.send(new DatagramPacket(ack, ack.length, transferPort));
        assertThat(block(receive())).isEqualTo(2);
    }

    @Test
    void Q86_shouldSendALostWindowOnce() throws IOException {
        // Given a timeout so long that nothing is sent again for want of an ACK
        send(new ReadRequest("amd64/linux", "octet", Map.of("windowsize", "4", "timeout", "30")));
        SocketAddress port = receive().getSocketAddress();
        ack(port, 0);
        for (int i = 1; i <= 4; i++) {
            assertThat(block(receive())).isEqualTo(i);
        }

        // When block 3 was lost: 2 is acknowledged for it and once more for block 4
        ack(port, 2);
        ack(port, 2);

        // Then
        for (int i = 3; i <= 6; i++) {
            assertThat(block(receive())).isEqualTo(i);
        }
        client.setSoTimeout(200);
        assertThat(silence()).isTrue();
    }

    @Test
    void shouldSurviveGarbage() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] garbage = new byte[random.nextInt(600)];
            random.nextBytes(garbage);
            client.send(new DatagramPacket(garbage, garbage.length, requests));
        }

        try (DatagramSocket fresh = new DatagramSocket(0, LOOPBACK)) {
            client.close();
            client = fresh;
            client.setSoTimeout(5_000);
            assertThat(fetch("amd64/linux", Map.of("blksize", "1400"), 1400, 1)).isEqualTo(kernel);
        }
    }

    /** A well-behaved client; acknowledges every window and the last block. */
    private byte[] fetch(String name, Map<String, String> options, int blockSize, int window) throws IOException {
        send(new ReadRequest(name, "octet", options));
        return load(blockSize, window);
    }

    private byte[] load(int blockSize, int window) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int expected = 1;
        while (true) {
            DatagramPacket packet = receive();
            if (opcode(packet) == 6) {
                ack(packet.getSocketAddress(), 0);
                continue;
            }
            assertThat(opcode(packet)).isEqualTo(3);
            if (block(packet) < (expected & 0xffff)) {
                continue; // a slow test sees repetitions
            }
            assertThat(block(packet)).isEqualTo(expected & 0xffff);
            file.write(packet.getData(), 4, packet.getLength() - 4);
            boolean last = packet.getLength() - 4 < blockSize;
            if (last || expected % window == 0) {
                ack(packet.getSocketAddress(), expected);
            }
            if (last) {
                Awaitility.await()
                        .untilAsserted(() -> assertThat(
                                        fixture.desk().sessions().byAddress(Ipv4Address.of(LOOPBACK)))
                                .get()
                                .satisfies(boot -> assertThat(fixture.desk()
                                                .sessions()
                                                .totals(boot)
                                                .bytes())
                                        .isEqualTo(file.size())));
                return file.toByteArray();
            }
            expected++;
        }
    }

    private void send(ReadRequest request) throws IOException {
        byte[] bytes = TftpCodec.encodeRequest(request);
        client.send(new DatagramPacket(bytes, bytes.length, requests));
    }

    private void ack(SocketAddress to, int block) throws IOException {
        byte[] bytes = TftpCodec.encodeAck(block);
        client.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private DatagramPacket receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        client.receive(packet);
        assertThat(((InetSocketAddress) packet.getSocketAddress()).getPort())
                .isNotEqualTo(((InetSocketAddress) requests).getPort());
        return packet;
    }

    private boolean silence() throws IOException {
        try {
            client.receive(new DatagramPacket(new byte[2048], 2048));
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private static int opcode(DatagramPacket packet) {
        return ByteBuffer.wrap(packet.getData()).getShort(0);
    }

    private static int block(DatagramPacket packet) {
        return ByteBuffer.wrap(packet.getData()).getShort(2) & 0xffff;
    }

    private static int errorCode(DatagramPacket packet) {
        assertThat(opcode(packet)).isEqualTo(5);
        return block(packet);
    }
}
