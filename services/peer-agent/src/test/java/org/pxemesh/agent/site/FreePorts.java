package org.pxemesh.agent.site;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody has at any of the test's addresses, below the range that the kernel gives out by itself: two runs on
 * one machine do not meet.
 *
 * @param http TCP
 * @param group UDP, multicast
 * @param bind TCP and UDP, of the group's members; the group takes some of the next ones as well
 */
record FreePorts(int http, int group, int bind) {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int APART = 50;
    private static final int TRIES = 200;

    /** @param first of the hosts 127.0.0.n; up to {@code last} */
    static FreePorts find(int first, int last) {
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var base = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(base, first, last) && isFree(base + 1, first, last) && isFree(base + APART, first, last)) {
                return new FreePorts(base, base + 1, base + APART);
            }
        }
        throw new AssertionError("no free ports between " + FIRST + " and " + LAST + " in " + TRIES + " tries");
    }

    private static boolean isFree(int port, int first, int last) {
        for (var n = 1; n <= last; n++) {
            if ((n == 1 || n >= first) && !isFree(new InetSocketAddress("127.0.0." + n, port))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFree(SocketAddress address) {
        try (var tcp = new ServerSocket();
                var udp = new DatagramSocket(address)) {
            tcp.bind(address);
            return udp.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
