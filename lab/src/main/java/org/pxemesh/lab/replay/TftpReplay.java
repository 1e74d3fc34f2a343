package org.pxemesh.lab.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One TFTP request as a boot program makes it: fetch the file, or ask for its size and give up. */
final class TftpReplay {

    private static final int TRIES = 6;
    private static final int WAIT_MILLIS = 1000;

    /** What the client does. */
    enum Action {
        /** Takes the whole file. */
        GET,
        /** Takes the whole file; its ACKs have a fifth octet, as Microsoft's loader may send them. */
        GET5,
        /** Takes the OACK and answers ERROR 8. */
        PROBE,
        /** Takes the OACK and answers ERROR 0. */
        PROBE0
    }

    /**
     * How it ended.
     *
     * @param outcome DATA, PROBED, ERROR n, or what was wrong
     * @param answerMillis from the request to the first answer
     */
    record Ended(String outcome, byte[] content, Map<String, String> granted, double answerMillis, double seconds) {}

    private final DatagramSocket socket;
    private final Action action;
    private final Map<String, String> asked;
    private final Map<String, String> granted = new LinkedHashMap<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[65_600];
    private SocketAddress peer;
    private byte[] lastSent;
    private long began;
    private double answerMillis;

    private TftpReplay(
            DatagramSocket socket, InetAddress server, String name, Action action, Map<String, String> asked) {
        this.socket = socket;
        this.action = action;
        this.asked = asked;
        this.peer = new InetSocketAddress(server, 69);
        this.lastSent = request(name, asked);
    }

    /** @param name goes over the wire as it is, a character an octet */
    static Ended run(InetAddress server, String name, Action action, Map<String, String> options) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setReceiveBufferSize(1 << 20);
            TftpReplay replay = new TftpReplay(socket, server, name, action, options);
            replay.began = System.nanoTime();
            String outcome = replay.play();
            return new Ended(
                    outcome,
                    replay.content.toByteArray(),
                    replay.granted,
                    replay.answerMillis,
                    (System.nanoTime() - replay.began) / 1e9);
        }
    }

    private String play() throws IOException {
        send(lastSent);
        DatagramPacket first = receive();
        if (first == null) {
            return "no answer";
        }
        answerMillis = (System.nanoTime() - began) / 1e6;
        peer = first.getSocketAddress();
        ByteBuffer packet = ByteBuffer.wrap(buffer, 0, first.getLength());
        int code = packet.getShort();
        if (code == 5) {
            return "ERROR " + packet.getShort();
        }
        if (code == 6) {
            String wrong = takeOptions(packet);
            if (!wrong.isEmpty()) {
                return wrong;
            }
            if (action == Action.PROBE || action == Action.PROBE0) {
                return giveUp();
            }
            send(ack(0));
            return data(receive());
        }
        return code == 3 && !asks() ? data(first) : "operation " + code + " as first answer";
    }

    private boolean asks() {
        return action == Action.PROBE || action == Action.PROBE0;
    }

    /** EDK2 gives up when an OACK holds what was not asked, or more than was asked. */
    private String takeOptions(ByteBuffer packet) {
        String[] words = new String(buffer, 2, packet.remaining(), StandardCharsets.ISO_8859_1).split("\0");
        for (int i = 0; i + 1 < words.length; i += 2) {
            granted.put(words[i], words[i + 1]);
            String wanted = asked.get(words[i]);
            boolean larger = wanted != null
                    && !words[i].equals("tsize")
                    && Integer.parseInt(words[i + 1]) > Integer.parseInt(wanted);
            if (wanted == null || larger || words[i].equals("msftwindow")) {
                return "OACK with " + words[i] + "=" + words[i + 1] + " although " + wanted + " was asked";
            }
        }
        return "";
    }

    private String giveUp() throws IOException {
        boolean refused = action == Action.PROBE;
        ByteBuffer error = ByteBuffer.allocate(64).putShort((short) 5).putShort((short) (refused ? 8 : 0));
        error.put((refused ? "User aborted the transfer" : "TFTP Aborted").getBytes(StandardCharsets.US_ASCII));
        send(Arrays.copyOf(error.array(), error.position() + 1));
        return "PROBED";
    }

    private String data(@Nullable DatagramPacket next) throws IOException {
        int blockSize = Integer.parseInt(granted.getOrDefault("blksize", "512"));
        int window = Integer.parseInt(granted.getOrDefault("windowsize", "1"));
        long expected = 1;
        int inWindow = 0;
        DatagramPacket datagram = next;
        while (datagram != null) {
            ByteBuffer packet = ByteBuffer.wrap(buffer, 0, datagram.getLength());
            int code = packet.getShort();
            if (code == 5) {
                return "ERROR " + packet.getShort() + " in the middle";
            }
            int block = packet.getShort() & 0xffff;
            if (code == 3 && block == (expected & 0xffff)) {
                content.write(buffer, 4, packet.remaining());
                boolean last = packet.remaining() < blockSize;
                expected++;
                inWindow++;
                if (last || inWindow == window) {
                    send(ack((int) (expected - 1 & 0xffff)));
                    inWindow = 0;
                }
                if (last) {
                    return sizeIsRight()
                            ? "DATA"
                            : "DATA of " + content.size() + " octets, tsize " + granted.get("tsize");
                }
            } else if (code == 3) {
                send(ack((int) (expected - 1 & 0xffff)));
                inWindow = 0;
            }
            datagram = receive();
        }
        return "stopped before block " + expected;
    }

    private boolean sizeIsRight() {
        String told = granted.get("tsize");
        return told == null || Long.parseLong(told) == content.size();
    }

    private byte[] ack(int block) {
        byte[] ack = {0, 4, (byte) (block >>> 8), (byte) block, 4};
        return action == Action.GET5 ? ack : Arrays.copyOf(ack, 4);
    }

    private static byte[] request(String name, Map<String, String> options) {
        StringBuilder text = new StringBuilder("\0\1").append(name).append("\0octet\0");
        options.forEach((option, value) ->
                text.append(option).append('\0').append(value).append('\0'));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void send(byte[] packet) throws IOException {
        lastSent = packet;
        socket.send(new DatagramPacket(packet, packet.length, peer));
    }

    /** The next packet of this transfer; the last one is sent again meanwhile. Null when nobody answers. */
    private @Nullable DatagramPacket receive() throws IOException {
        socket.setSoTimeout(WAIT_MILLIS);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                return packet;
            } catch (SocketTimeoutException silence) {
                send(lastSent);
            }
        }
        return null;
    }
}
