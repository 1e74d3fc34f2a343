package org.pxemesh.agent.tftp;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.netboot.tftp.Handover;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpPacket.ReadRequest;
import org.pxemesh.netboot.tftp.TransferLimits;

/** A server on loopback and what a client of it sends and hears, packet by packet. */
final class LoopbackTftp implements AutoCloseable {

    static final Inet4Address LOOPBACK = (Inet4Address) InetAddress.ofLiteral("127.0.0.1");
    static final TransferLimits LIMITS = new TransferLimits(1500, 64, 60_000, true, 0);

    final TftpServer server;
    private final ExecutorService bootThread = Executors.newSingleThreadExecutor();
    final List<Handover> told = new CopyOnWriteArrayList<>();

    LoopbackTftp(DeskFixture fixture, HostNetwork network, TftpPorts ports) throws IOException {
        server = TftpServer.open(
                fixture.desk(),
                network,
                bootThread,
                NetworkInterface.getByInetAddress(LOOPBACK),
                LOOPBACK,
                ports,
                LIMITS,
                fixture.metrics(),
                told::add);
    }

    @Override
    public void close() {
        server.close();
        bootThread.shutdownNow();
    }

    /** A boot client with an address and port of its own. */
    static final class Client implements AutoCloseable {

        final DatagramSocket socket;
        long sent;
        long received;
        SocketAddress from = new InetSocketAddress(0);

        Client(String address) throws IOException {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0));
            socket.setSoTimeout(5_000);
        }

        void ask(TftpServer server, String path, Map<String, String> options) throws IOException {
            send(
                    TftpCodec.encodeRequest(new ReadRequest(path, "octet", options)),
                    new InetSocketAddress(LOOPBACK, server.port()));
        }

        void ack(int block, int... more) throws IOException {
            byte[] ack = Arrays.copyOf(TftpCodec.encodeAck(block), 4 + more.length);
            for (int i = 0; i < more.length; i++) {
                ack[4 + i] = (byte) more[i];
            }
            send(ack, from);
        }

        private void send(byte[] packet, SocketAddress to) throws IOException {
            socket.send(new DatagramPacket(packet, packet.length, to));
            sent += packet.length;
        }

        /** The next packet; its operation and second number at positions 0 and 2. */
        ByteBuffer hear() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            from = packet.getSocketAddress();
            received += packet.getLength();
            return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        }

        /** The next block's octets; earlier blocks are passed over: a slow test sees repetitions. */
        byte[] hearBlock(int block) throws IOException {
            ByteBuffer packet = hear();
            while (packet.getShort(0) == 3 && (packet.getShort(2) & 0xffff) < block) {
                packet = hear();
            }
            assertThat(packet.getShort(0)).isEqualTo((short) 3);
            assertThat(packet.getShort(2) & 0xffff).isEqualTo(block);
            return Arrays.copyOfRange(packet.array(), 4, packet.limit());
        }

        /** Counts what still comes until nothing came for so long. */
        void hearOut(int quietMillis) throws IOException {
            socket.setSoTimeout(quietMillis);
            try {
                while (true) {
                    hear();
                }
            } catch (SocketTimeoutException e) {
                socket.setSoTimeout(5_000);
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
