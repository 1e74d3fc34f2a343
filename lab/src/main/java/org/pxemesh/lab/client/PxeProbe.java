package org.pxemesh.lab.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A boot client that only discovers: for every line on its input, {@code MAC XID-IN-HEX}, it broadcasts one PXE DHCPDISCOVER
 * and prints one line per proxy offer, {@code offer ADDRESS MICROSECONDS}, and then {@code end}. A program of its own, since
 * it has to run inside of a namespace.
 */
public final class PxeProbe {
    private static final int LISTEN_MILLIS = 700;
    private static final byte[] COOKIE = {99, (byte) 130, 83, 99};
    private static final int OPTIONS = 240;

    private PxeProbe() {}

    public static void main(String[] args) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(68))) {
            socket.setBroadcast(true);
            System.out.println("ready");
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line;
            while ((line = input.readLine()) != null) {
                String[] words = line.split(" ");
                discover(socket, words[0], (int) Long.parseLong(words[1], 16));
                System.out.println("end");
            }
        }
    }

    private static void discover(DatagramSocket socket, String mac, int xid) throws IOException {
        byte[] packet = packet(mac, xid);
        long sent = System.nanoTime();
        socket.send(new DatagramPacket(packet, packet.length, InetAddress.getByName("255.255.255.255"), 67));
        long deadline = sent + LISTEN_MILLIS * 1_000_000L;
        byte[] buffer = new byte[1500];
        for (long left = deadline - sent; left > 0; left = deadline - System.nanoTime()) {
            socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
            DatagramPacket reply = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(reply);
            } catch (SocketTimeoutException silence) {
                return;
            }
            ByteBuffer read = ByteBuffer.wrap(buffer, 0, reply.getLength());
            boolean proxy = reply.getLength() > OPTIONS && read.getInt(16) == 0;
            if (proxy && read.get(0) == 2 && read.getInt(4) == xid) {
                System.out.printf(
                        Locale.ROOT,
                        "offer %s %d%n",
                        reply.getAddress().getHostAddress(),
                        (System.nanoTime() - sent) / 1000);
            }
        }
    }

    /** What an x64 UEFI machine sends, as short as it may be. */
    private static byte[] packet(String mac, int xid) {
        byte[] vendorClass = "PXEClient:Arch:00007:UNDI:003000".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(300);
        out.put((byte) 1).put((byte) 1).put((byte) 6).put((byte) 0);
        out.putInt(xid).putShort((short) 0).putShort((short) 0x8000);
        out.position(28);
        out.put(HexFormat.ofDelimiter(":").parseHex(mac));
        out.position(236);
        out.put(COOKIE);
        out.put(new byte[] {53, 1, 1});
        out.put(new byte[] {55, 6, 1, 3, 43, 60, 66, 67});
        out.put(new byte[] {93, 2, 0, 7});
        out.put(new byte[] {94, 3, 1, 3, 0});
        out.put((byte) 60).put((byte) vendorClass.length).put(vendorClass);
        out.put((byte) 255);
        return out.array();
    }
}
