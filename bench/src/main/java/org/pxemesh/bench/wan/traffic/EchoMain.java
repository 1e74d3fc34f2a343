package org.pxemesh.bench.wan.traffic;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code EchoMain HOST UDP-PORT}, on the branch's side: a small datagram every 20 ms; prints {@code echo NANOTIME-SENT
 * MILLISECONDS} for each that comes back.
 */
public final class EchoMain {
    private static final long EVERY_NANOS = 20_000_000;
    private static final int LENGTH = 64;

    private EchoMain() {}

    public static void main(String[] args) throws IOException {
        DatagramSocket socket = new DatagramSocket();
        socket.connect(new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1])));
        Thread.ofPlatform().name("send").start(() -> send(socket));
        DatagramPacket packet = new DatagramPacket(new byte[LENGTH], LENGTH);
        while (true) {
            socket.receive(packet);
            long sent = ByteBuffer.wrap(packet.getData()).getLong();
            System.out.printf(Locale.ROOT, "echo %d %.2f%n", sent, (System.nanoTime() - sent) / 1e6);
        }
    }

    private static void send(DatagramSocket socket) {
        long next = System.nanoTime();
        try {
            while (true) {
                byte[] data = new byte[LENGTH];
                ByteBuffer.wrap(data).putLong(System.nanoTime());
                socket.send(new DatagramPacket(data, LENGTH));
                next += EVERY_NANOS;
                LockSupport.parkNanos(Math.max(1, next - System.nanoTime()));
            }
        } catch (IOException e) {
            System.out.println("echo ended: " + e);
        }
    }
}
