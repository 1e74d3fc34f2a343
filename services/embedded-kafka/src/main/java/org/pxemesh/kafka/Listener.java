package org.pxemesh.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;

/**
 * One address at which the broker accepts clients, and the one it tells them to come back to.
 *
 * <p>A client follows the advertised address of the listener that it came in by, so HQ's services can stay on loopback while
 * agents use the WAN's address. Kafka wants a port of its own for each listener.
 *
 * @param bindHost address of an interface of this machine, or {@code 0.0.0.0}
 * @param bindPort 1-65535
 * @param advertisedHost name or address by which clients of this listener reach the broker; never a wildcard
 * @param advertisedPort 1-65535
 */
public record Listener(String bindHost, int bindPort, String advertisedHost, int advertisedPort) {

    private static final String FORM = "want BIND:PORT[=HOST:PORT], for example 0.0.0.0:9094=10.98.0.1:9094";

    public Listener {
        if (isWildcard(advertisedHost)) {
            throw new IllegalArgumentException(
                    "--listen " + bindHost + ":" + bindPort
                            + ": clients cannot come back to a wildcard address; add =HOST:PORT with the address they shall use");
        }
    }

    /** A listener that advertises the address it binds. */
    public static Listener on(String host, int port) {
        return new Listener(host, port, host, port);
    }

    /** A listener on a port of 127.0.0.1 that was free a moment ago. */
    public static Listener onFreeLoopbackPort() {
        return on("127.0.0.1", freeLoopbackPort());
    }

    /**
     * Reads {@code BIND:PORT[=HOST:PORT]}.
     *
     * @throws IllegalArgumentException when the text has another form; the message names the text and the form
     */
    public static Listener parse(String text) {
        List<String> parts = List.of(text.split("=", -1));
        if (parts.size() > 2) {
            throw new IllegalArgumentException("--listen " + text + ": " + FORM);
        }
        InetSocketAddress bind = hostAndPort(text, parts.getFirst());
        InetSocketAddress advertised = hostAndPort(text, parts.getLast());
        return new Listener(bind.getHostString(), bind.getPort(), advertised.getHostString(), advertised.getPort());
    }

    /** The address for a client's {@code bootstrap.servers}. */
    public String advertised() {
        return advertisedHost + ":" + advertisedPort;
    }

    /**
     * Finds out whether the port can be had, as Kafka's own failure comes late and in many lines.
     *
     * @throws IOException when the port is taken or the address is not this machine's
     */
    void requireFree() throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(bindHost, bindPort));
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on " + bindHost + ":" + bindPort + ": " + e.getMessage()
                            + "; stop the program that has it (ss -ltnp 'sport = :" + bindPort
                            + "' names it) or choose another --listen",
                    e);
        }
    }

    static int freeLoopbackPort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("no free TCP port on loopback", e);
        }
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            // A name that only clients can resolve is no wildcard.
            return false;
        }
    }

    private static InetSocketAddress hostAndPort(String whole, String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("--listen " + whole + ": " + FORM);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("--listen " + whole + ": the port must be 1-65535");
            }
            return InetSocketAddress.createUnresolved(text.substring(0, colon), port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--listen " + whole + ": the port must be a number; " + FORM, e);
        }
    }
}
