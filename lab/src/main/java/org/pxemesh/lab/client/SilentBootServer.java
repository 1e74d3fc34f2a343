package org.pxemesh.lab.client;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A boot server of which half is broken: it answers each PXE client's DISCOVER with an offer that has option 60 and
 * nothing else, which sends the client to its port 4011, and that port is deaf. A program of its own, since it has to run
 * inside of a namespace; its argument is its address.
 */
public final class SilentBootServer {
    private static final byte[] CLASS = "PXEClient".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COOKIE = {99, (byte) 130, 83, 99};
    private static final int OPTIONS = 240;
    private static final int FLAGS = 10;
    private static final int SIADDR = 20;
    private static final int GIADDR = 24;
    private static final int CHADDR = 28;
    private static final int REPLY = 300;

    private SilentBootServer() {}

    public static void main(String[] args) throws IOException {
        byte[] self = InetAddress.getByName(args[0]).getAddress();
        // Bound, so that the kernel does not tell the client that nobody is there.
        try (DatagramSocket deaf = new DatagramSocket(new InetSocketAddress(4011));
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress(67))) {
            socket.setBroadcast(true);
            System.out.println("ready, and deaf at port " + deaf.getLocalPort());
            byte[] buffer = new byte[1500];
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                answer(socket, ByteBuffer.wrap(buffer, 0, packet.getLength()).slice(), self);
            }
        }
    }

    private static void answer(DatagramSocket socket, ByteBuffer asked, byte[] self) throws IOException {
        boolean discover = asked.limit() > OPTIONS
                && asked.get(0) == 1
                && text(asked).contains("PXEClient")
                && text(asked).contains("\u0035\u0001\u0001"); // message type: DISCOVER
        if (!discover) {
            return;
        }
        ByteBuffer reply = ByteBuffer.allocate(REPLY);
        reply.put((byte) 2).put(asked.get(1)).put(asked.get(2)).put((byte) 0).putInt(asked.getInt(4));
        reply.putShort(FLAGS, (short) 0x8000);
        reply.put(SIADDR, self).putInt(GIADDR, asked.getInt(GIADDR));
        reply.put(CHADDR, asked, CHADDR, 16);
        reply.position(OPTIONS - COOKIE.length);
        reply.put(COOKIE).put(new byte[] {53, 1, 2, 54, 4}).put(self);
        reply.put((byte) 60).put((byte) CLASS.length).put(CLASS).put((byte) 255);
        boolean relayed = asked.getInt(GIADDR) != 0;
        byte[] relay = new byte[4];
        asked.get(GIADDR, relay);
        InetAddress to = relayed ? InetAddress.getByAddress(relay) : InetAddress.getByName("255.255.255.255");
        socket.send(new DatagramPacket(reply.array(), REPLY, to, relayed ? 67 : 68));
    }

    private static String text(ByteBuffer packet) {
        byte[] bytes = new byte[packet.limit() - OPTIONS];
        packet.get(OPTIONS, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
