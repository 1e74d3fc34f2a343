package org.pxemesh.agent.boot;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.agent.dhcp.Datagrams;
import org.pxemesh.agent.dhcp.OfferedPort;
import org.pxemesh.agent.dhcp.ProxyDhcp;
import org.pxemesh.agent.dhcp.Responder;
import org.pxemesh.agent.dhcp.Surveyor;
import org.pxemesh.agent.dhcp.Wire;
import org.pxemesh.agent.host.BatchSockets;
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

    /** Places of the sockets in {@link #sockets}. */
    private static final int MESH = 0;

    private static final int BOOT_SERVER = 1;
    private static final int DHCP = 2;
    private static final int MAX_WINDOW = 64;
    private static final int MAX_WINDOW_BYTES = 64 * 1024 - 2048; // one UDP segmentation call takes less than 64 KiB
    private static final int LEAST_LARGEST_BLOCK = 512;
    private static final long EXPIRE_SECONDS = 30;

    /** After a sleep the sockets hold what came in meanwhile; it is read within this time. */
    private static final long DRAIN_MILLIS = 250;

    private final BootLoop loop;
    private final Responder responder;
    private final TftpServer tftp;
    private final Surveyor surveyor;
    private @Nullable HttpServer http;
    private @Nullable ScheduledFuture<?> expiry;

    private SegmentServer(BootLoop loop, Responder responder, TftpServer tftp, Surveyor surveyor) {
        this.surveyor = surveyor;
        this.loop = loop;
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
        BootLoop loop = new BootLoop();
        Responder responder = new Responder(
                desk,
                loop,
                metrics,
                loop.wire(MESH),
                loop.wire(BOOT_SERVER),
                config.dhcp().delay());
        ProxyDhcp.warmUp(desk);
        TftpServer tftp = TftpServer.open(
                desk,
                network,
                loop,
                device,
                segment.address(),
                TftpPorts.parse(config.tftp().ports()),
                limits(device, config.tftp()),
                metrics,
                told -> {});
        SegmentServer server = new SegmentServer(loop, responder, tftp, new Surveyor(segment, loop));
        try {
            server.openHttp(vertx, segment, httpPort, new BootHttp(desk, new PeerContent(store, segment), metrics));
            // Last: from here on clients are answered.
            server.serve(
                    network.openBatch(
                            sockets(device, segment.address(), config.dhcp().listen())),
                    metrics,
                    config);
        } catch (StartProblem problem) {
            server.close();
            throw problem;
        }
        server.expiry = loop.scheduleWithFixedDelay(
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

    private static List<SocketSpec> sockets(NetworkInterface device, Inet4Address address, boolean listens) {
        SocketSpec mesh = SocketSpec.multicast("offered", device, address, OfferedPort.PORT, OfferedPort.GROUP);
        SocketSpec bootServer = SocketSpec.unicast("boot server", device, address, ClientFacts.BOOT_SERVER_PORT);
        return listens
                ? List.of(mesh, bootServer, SocketSpec.broadcast("proxyDHCP", device, address, ClientFacts.DHCP_PORT))
                : List.of(mesh, bootServer);
    }

    private void serve(BatchSockets udp, BootMetrics metrics, AgentConfig config) {
        Wire asked = loop.wire(BOOT_SERVER);
        Wire heard = loop.wire(DHCP);
        List<Datagrams> takers = new ArrayList<>(List.of(
                responder.offeredPort(),
                new ProxyDhcp(ClientFacts.BOOT_SERVER_PORT, metrics, responder, asked, surveyor::replied)));
        if (config.dhcp().listen()) {
            takers.add(new ProxyDhcp(ClientFacts.DHCP_PORT, metrics, responder, heard, surveyor::replied));
        }
        loop.serve(udp, takers, responder.offeredPort()::flush);
        if (config.dhcp().listen() && config.watch().every().isPositive()) {
            surveyor.start(heard, asked, config.watch().first(), config.watch().every());
        }
    }

    private void openHttp(Vertx vertx, Segment segment, int port, BootHttp handler) {
        HttpServer server = vertx.createHttpServer(BootHttp.options());
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
        loop.execute(() -> responder.drain(DRAIN_MILLIS));
    }

    void close() {
        if (expiry != null) {
            expiry.cancel(false);
        }
        surveyor.close();
        tftp.close();
        loop.end();
        if (http != null) {
            http.close();
        }
    }
}
