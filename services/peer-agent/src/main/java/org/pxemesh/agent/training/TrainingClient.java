package org.pxemesh.agent.training;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientInspector;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpPacket;

/** Boot clients on loopback: as many machines as there are questions, each with a hardware address of its own. */
final class TrainingClient {
    private static final int TFTP = 69;
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int WINDOW = 8;
    private static final int BLOCK = 1456;
    private static final int PACKET = 2_048;
    private static final String PEER = "127.0.0.1";

    private final InetAddress peer = InetAddress.ofLiteral(PEER);
    private int machines;

    /** A machine's DISCOVER, as from a relay on this host; the offer goes to the relay's port, which is the agent's own. */
    void discover(int architecture) throws IOException {
        try (var socket = new DatagramSocket()) {
            var relay = Ipv4Address.parse(PEER);
            send(socket, packet(MessageType.DISCOVER, architecture, Ipv4Address.NONE, relay), ClientFacts.DHCP_PORT);
        }
    }

    /** A machine's DISCOVER by itself: the offer is a broadcast to port 68, where nobody listens. */
    void discoverAlone(int architecture) throws IOException {
        try (var socket = new DatagramSocket()) {
            var question = packet(MessageType.DISCOVER, architecture, Ipv4Address.NONE, Ipv4Address.NONE);
            send(socket, question, ClientFacts.DHCP_PORT);
        }
    }

    /** A machine's question at port 4011. True when it was answered. */
    boolean asksBootServer(int architecture) throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(peer, 0))) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var self = Ipv4Address.parse(PEER);
            send(
                    socket,
                    packet(MessageType.REQUEST, architecture, self, Ipv4Address.NONE),
                    ClientFacts.BOOT_SERVER_PORT);
            return DhcpCodec.decode(hear(socket)) instanceof Decoded.Ok<DhcpPacket>;
        }
    }

    /** Loads a file by TFTP in windows, or block by block; the number of its octets. */
    long loads(String file, boolean windows) throws IOException {
        Map<String, String> options = new LinkedHashMap<>(Map.of("blksize", Integer.toString(BLOCK)));
        options.put("tsize", "0");
        if (windows) {
            options.put("windowsize", Integer.toString(WINDOW));
        }
        try (var socket = new DatagramSocket(new InetSocketAddress(peer, 0))) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var question = TftpCodec.encodeRequest(new TftpPacket.ReadRequest(file, "octet", options));
            socket.send(new DatagramPacket(question, question.length, peer, TFTP));
            return receive(socket, windows ? WINDOW : 1);
        }
    }

    private static long receive(DatagramSocket socket, int window) throws IOException {
        var bytes = 0L;
        var next = 1;
        var datagram = new DatagramPacket(new byte[PACKET], PACKET);
        while (true) {
            socket.receive(datagram);
            var packet = ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength());
            switch (TftpCodec.decode(packet)) {
                case Decoded.Ok<TftpPacket>(TftpPacket.OptionAck granted) -> acknowledge(socket, 0, datagram);
                case Decoded.Ok<TftpPacket>(TftpPacket.Data data) -> {
                    if (data.block() != (next & 0xffff)) {
                        // Loopback loses what comes too fast: the last good block says where to go on.
                        acknowledge(socket, next - 1, datagram);
                        break;
                    }
                    bytes += data.length();
                    var last = data.length() < BLOCK;
                    if (last || next % window == 0) {
                        acknowledge(socket, next, datagram);
                    }
                    if (last) {
                        return bytes;
                    }
                    next++;
                }
                default -> throw new IOException("no file by TFTP: " + TftpCodec.decode(packet));
            }
        }
    }

    private static void acknowledge(DatagramSocket socket, int block, DatagramPacket to) throws IOException {
        var ack = TftpCodec.encodeAck(block & 0xffff);
        SocketAddress server = to.getSocketAddress();
        socket.send(new DatagramPacket(ack, ack.length, server));
    }

    /** Loads a file of the boot plan over HTTP; the number of its octets. */
    long fetches(int port, String file) throws IOException {
        var uri = URI.create("http://" + PEER + ":" + port + "/files/" + file);
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try (var in = connection.getInputStream()) {
            return in.readAllBytes().length;
        }
    }

    private void send(DatagramSocket socket, byte[] datagram, int port) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length, peer, port));
    }

    private static ByteBuffer hear(DatagramSocket socket) throws IOException {
        var datagram = new DatagramPacket(new byte[PACKET], PACKET);
        socket.receive(datagram);
        return ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength());
    }

    private byte[] packet(MessageType type, int architecture, Ipv4Address ciaddr, Ipv4Address giaddr) {
        machines++;
        var mac = ByteBuffer.allocate(DhcpPacket.CHADDR_LENGTH)
                .putShort((short) 0x0200)
                .putInt(machines)
                .array();
        return DhcpCodec.encode(new DhcpPacket(
                DhcpPacket.BOOTREQUEST,
                1,
                6,
                0,
                machines,
                0,
                DhcpPacket.BROADCAST_FLAG,
                ciaddr,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                giaddr,
                mac,
                new byte[DhcpPacket.SNAME_LENGTH],
                new byte[DhcpPacket.FILE_LENGTH],
                options(type, architecture)));
    }

    private static DhcpOptions options(MessageType type, int architecture) {
        var guid = new byte[17];
        Arrays.fill(guid, 1, guid.length, (byte) architecture);
        return DhcpOptions.builder()
                .put(type)
                .put(
                        OptionCode.VENDOR_CLASS,
                        ClientInspector.PXE_CLIENT + ":Arch:%05d:UNDI:002001".formatted(architecture))
                .put(OptionCode.CLIENT_ARCHITECTURE, new byte[] {0, (byte) architecture})
                .put(OptionCode.CLIENT_GUID, guid)
                .build();
    }
}
