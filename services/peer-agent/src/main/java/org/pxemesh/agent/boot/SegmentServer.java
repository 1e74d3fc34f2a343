package org.pxemesh.agent.boot;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.agent.dhcp.OfferedChannel;
import org.pxemesh.agent.dhcp.ProxyDhcp;
import org.pxemesh.agent.dhcp.Responder;
import org.pxemesh.agent.dhcp.Surveyor;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.agent.http.BootHttp;
import org.pxemesh.agent.http.PeerContent;
import org.pxemesh.agent.tftp.TftpPorts;
import org.pxemesh.agent.tftp.TftpServer;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.tftp.TransferLimits;

/** All sockets of one segment and what hangs on them. Opened as a whole or not at all. */
final class SegmentServer {

    private static final int MAX_WINDOW = 64;
    private static final int MAX_WINDOW_BYTES = 64 * 1024 - 2048; // one UDP segmentation call takes less than 64 KiB
    private static final int LEAST_LARGEST_BLOCK = 512;
    private static final long EXPIRE_SECONDS = 30;

    /** After a sleep the sockets hold what came in meanwhile; it is read within this time. */
    private static final long DRAIN_MILLIS = 250;

    private final List<Channel> channels = new ArrayList<>();
    private final HostNetwork network;
    private final Responder responder;
    private final TftpServer tftp;
    private final Surveyor surveyor;
    private @Nullable HttpServer http;
    private @Nullable ScheduledFuture<?> expiry;

    private SegmentServer(HostNetwork network, Responder responder, TftpServer tftp, Surveyor surveyor) {
        this.surveyor = surveyor;
        this.network = network;
        this.responder = responder;
        this.tftp = tftp;
    }

    /** @throws StartProblem when one of the sockets cannot be had; none is open then */
    static SegmentServer open(
            Segment segment,
            HostNetwork network,
            Vertx vertx,
            AgentConfig config,
            ContentStore store,
            Bookkeeping books,
            HybridClock clock,
            BootMetrics metrics) {
        NetworkInterface device = device(segment);
        int httpPort = config.http().port();
        BootSessions sessions = new BootSessions(segment.segmentId());
        BootAddresses addresses = new BootAddresses(segment.address().getHostAddress(), httpPort);
        BootDesk desk = new BootDesk(
                segment,
                network,
                sessions,
                new BootFiles(store, addresses),
                new BootReporter(segment, books, clock, sessions),
                addresses);
        Responder responder =
                new Responder(desk, network.loop(), metrics, config.dhcp().delay());
        ProxyDhcp.warmUp(desk);
        TftpServer tftp = TftpServer.open(
                desk,
                network,
                device,
                segment.address(),
                TftpPorts.parse(config.tftp().ports()),
                limits(device, config.tftp()),
                metrics,
                told -> {});
        SegmentServer server = new SegmentServer(network, responder, tftp, new Surveyor(segment, network.loop()));
        try {
            server.openUdp(device, segment.address(), metrics, config);
            server.openHttp(vertx, segment, httpPort, new BootHttp(desk, new PeerContent(store, segment), metrics));
        } catch (StartProblem problem) {
            server.close();
            throw problem;
        }
        server.expiry = network.loop()
                .scheduleWithFixedDelay(
                        () -> desk.expire(Monotonic.millis()), EXPIRE_SECONDS, EXPIRE_SECONDS, TimeUnit.SECONDS);
        return server;
    }

    private static NetworkInterface device(Segment segment) {
        try {
            NetworkInterface device = NetworkInterface.getByName(segment.interfaceName());
            if (device != null) {
                return device;
            }
        } catch (SocketException e) {
            throw new StartProblem("interface " + segment.interfaceName() + " cannot be read: " + e.getMessage(), e);
        }
        throw new StartProblem(
                "interface " + segment.interfaceName() + " is gone; the agent tries again when it is back");
    }

    private static TransferLimits limits(NetworkInterface device, AgentConfig.Tftp config) {
        int largestBlock = config.largestBlock();
        if (largestBlock != 0 && (largestBlock < LEAST_LARGEST_BLOCK || largestBlock > MAX_WINDOW_BYTES)) {
            throw new StartProblem("pxemesh.tftp.largest-block=" + largestBlock + ": octets, " + LEAST_LARGEST_BLOCK
                    + " to " + MAX_WINDOW_BYTES + ", or 0 for what fits into a packet");
        }
        return new TransferLimits(mtu(device), MAX_WINDOW, MAX_WINDOW_BYTES, config.clientWindow(), largestBlock);
    }

    /** Jumbo frames on our side say nothing of the client's: packets stay within an ordinary Ethernet's. */
    private static int mtu(NetworkInterface device) {
        try {
            return Math.min(device.getMTU(), 1500);
        } catch (SocketException e) {
            return 1500;
        }
    }

    private void openUdp(NetworkInterface device, Inet4Address address, BootMetrics metrics, AgentConfig config) {
        int dhcp = ClientFacts.DHCP_PORT;
        int bootServer = ClientFacts.BOOT_SERVER_PORT;
        channels.add(network.open(
                SocketSpec.multicast("offered", device, address, OfferedChannel.PORT, OfferedChannel.GROUP),
                responder.offeredChannel()));
        Channel asked = network.open(
                SocketSpec.unicast("boot server", device, address, bootServer),
                new ProxyDhcp(bootServer, metrics, responder, surveyor::replied));
        channels.add(asked);
        // Last: from here on clients are answered.
        if (!config.dhcp().listen()) {
            return;
        }
        Channel heard = network.open(
                SocketSpec.broadcast("proxyDHCP", device, address, dhcp),
                new ProxyDhcp(dhcp, metrics, responder, surveyor::replied));
        channels.add(heard);
        if (config.watch().every().isPositive()) {
            surveyor.start(heard, asked, config.watch().first(), config.watch().every());
        }
    }

    private void openHttp(Vertx vertx, Segment segment, int port, BootHttp handler) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(60));
        try {
            http = server.requestHandler(handler)
                    .listen(port, segment.address().getHostAddress())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartProblem(
                    "TCP port " + port + " (boot HTTP) on " + segment.interfaceName() + " "
                            + segment.address().getHostAddress() + " cannot be opened: "
                            + cause.getMessage() + "; choose another one with pxemesh.http.port",
                    e);
        }
    }

    void drain() {
        network.loop().execute(() -> responder.drain(DRAIN_MILLIS));
    }

    void close() {
        if (expiry != null) {
            expiry.cancel(false);
        }
        surveyor.close();
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        tftp.close();
        if (http != null) {
            http.close();
        }
    }
}
