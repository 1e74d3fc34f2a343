package org.pxemesh.agent.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpPacket.ReadRequest;

/**
 * A TFTP client as EDK2's: windows of four blocks, four seconds' patience for each packet and six tries, an ACK of what it
 * has whenever nothing or the wrong thing comes.
 */
public final class SlowTftp {
    private static final int BLOCK = 1468;
    private static final int WINDOW = 4;
    private static final int TRIES = 6;

    /** Told after each window how many bytes there are. */
    public interface Progress {
        void at(int bytes);
    }

    /** How it ended: the file's bytes, or the server's words. */
    public record End(byte[] bytes, String error) {}

    private SlowTftp() {}

    public static End fetch(InetSocketAddress server, String path, Progress progress) throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            socket.setSoTimeout(4_000);
            return fetch(socket, server, path, progress);
        }
    }

    private static End fetch(DatagramSocket socket, InetSocketAddress server, String path, Progress progress)
            throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("blksize", Integer.toString(BLOCK));
        options.put("windowsize", Integer.toString(WINDOW));
        var last = TftpCodec.encodeRequest(new ReadRequest(path, "octet", options));
        var to = server;
        socket.send(new DatagramPacket(last, last.length, to));
        var file = new ByteArrayOutputStream();
        var expected = 1;
        var tries = TRIES;
        while (true) {
            var packet = new DatagramPacket(new byte[2048], 2048);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                if (--tries == 0) {
                    return new End(file.toByteArray(), "no word for " + TRIES * 4 + " s");
                }
                socket.send(new DatagramPacket(last, last.length, to));
                continue;
            }
            tries = TRIES;
            to = (InetSocketAddress) packet.getSocketAddress();
            var bytes = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
            var opcode = bytes.getShort();
            if (opcode == 5) {
                bytes.getShort();
                return new End(
                        file.toByteArray(),
                        StandardCharsets.ISO_8859_1.decode(bytes).toString().replace("\0", ""));
            }
            var number = opcode == 6 ? 0 : bytes.getShort() & 0xffff;
            if (opcode == 3 && number == (expected & 0xffff)) {
                file.write(packet.getData(), 4, packet.getLength() - 4);
                var end = packet.getLength() - 4 < BLOCK;
                if (end || expected % WINDOW == 0) {
                    last = TftpCodec.encodeAck(expected & 0xffff);
                    socket.send(new DatagramPacket(last, last.length, to));
                    progress.at(file.size());
                }
                if (end) {
                    return new End(file.toByteArray(), "");
                }
                expected++;
            } else {
                last = TftpCodec.encodeAck(expected - 1 & 0xffff);
                socket.send(new DatagramPacket(last, last.length, to));
            }
        }
    }
}
