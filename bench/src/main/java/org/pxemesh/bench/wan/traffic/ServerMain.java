package org.pxemesh.bench.wan.traffic;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * {@code ServerMain TCP-PORT UDP-PORT}, on HQ's side: who connects is sent bytes as fast as the kernel's TCP will, and
 * datagrams are echoed.
 */
public final class ServerMain {
    private static final int BUFFER = 64 * 1024;

    private ServerMain() {}

    public static void main(String[] args) throws IOException {
        ServerSocket tcp = new ServerSocket(Integer.parseInt(args[0]));
        DatagramSocket udp = new DatagramSocket(Integer.parseInt(args[1]));
        Thread.ofPlatform().name("echo").start(() -> echo(udp));
        System.out.println("ready");
        while (true) {
            Socket client = tcp.accept();
            Thread.ofPlatform().name("flow").start(() -> pour(client));
        }
    }

    private static void pour(Socket client) {
        byte[] bytes = new byte[BUFFER];
        try (client) {
            OutputStream out = client.getOutputStream();
            while (true) {
                out.write(bytes);
            }
        } catch (IOException e) {
            // The client had enough: that is how a flow ends.
        }
    }

    private static void echo(DatagramSocket udp) {
        DatagramPacket packet = new DatagramPacket(new byte[BUFFER], BUFFER);
        try {
            while (true) {
                packet.setLength(BUFFER);
                udp.receive(packet);
                udp.send(packet);
            }
        } catch (IOException e) {
            System.out.println("echo ended: " + e);
        }
    }
}
