package org.pxemesh.agent.boot;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.config.AgentConfig.HostKind;
import org.pxemesh.agent.dhcp.OfferedPort;
import org.pxemesh.agent.dhcp.ProxyDhcp;
import org.pxemesh.agent.dhcp.Responder;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.host.Hosts;
import org.pxemesh.agent.http.BootHttp;
import org.pxemesh.agent.http.PeerContent;
import org.pxemesh.agent.tftp.TftpPorts;
import org.pxemesh.agent.tftp.TftpServer;
import org.pxemesh.events.Event;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.tftp.TransferLimits;

/**
 * The boot side of an agent in a test: HTTP and TFTP over real sockets of any port, and DHCP datagrams from hand to hand,
 * since its ports belong to the machine's administrator.
 */
public final class BootEdges implements AutoCloseable {
    private final HostNetwork network = Hosts.network(HostKind.PORTABLE);
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BootDesk desk;
    private final BootHttp http;
    private final TftpServer tftp;
    private final ExecutorService bootThread = Executors.newSingleThreadExecutor();
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final Queue<byte[]> answers = new ArrayDeque<>();
    private final Queue<byte[]> told = new ArrayDeque<>();
    private final ProxyDhcp dhcp;
    private final OfferedPort mesh;

    public BootEdges(Segment segment, ContentStore store, int httpPort) throws SocketException {
        var metrics = new BootMetrics(registry);
        var sessions = new BootSessions(segment.segmentId());
        var addresses = new BootAddresses(segment.address().getHostAddress(), httpPort);
        desk = new BootDesk(
                segment,
                network,
                sessions,
                new BootFiles(store, addresses),
                new BootReporter(
                        segment, Bookkeeping.direct(events::add), new HybridClock(System::currentTimeMillis), sessions),
                addresses);
        http = new BootHttp(desk, new PeerContent(store, segment), metrics);
        tftp = TftpServer.open(
                desk,
                network,
                bootThread,
                NetworkInterface.getByName("lo"),
                segment.address(),
                new TftpPorts(0, 0, 0),
                new TransferLimits(1500, 64, 60_000),
                metrics,
                handover -> {});
        var responder = new Responder(desk, clock.eventLoop(), metrics, (datagram, to, port) -> told.add(datagram));
        dhcp = new ProxyDhcp(67, metrics, responder, (datagram, to, port) -> answers.add(datagram));
        mesh = responder.offeredPort();
    }

    public BootDesk desk() {
        return desk;
    }

    public Handler<HttpServerRequest> http() {
        return http;
    }

    public InetSocketAddress tftp() {
        return new InetSocketAddress(desk.segment().address(), tftp.port());
    }

    public <E extends Event> List<E> events(Class<E> type) {
        return List.copyOf(events).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Files that were asked for while they arrived, by what became of them. */
    public double streams(String outcome) {
        var counter =
                registry.find("pxemesh_streams_total").tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    /** A boot client's DISCOVER reaches this peer. */
    public void hears(String mac, int architecture, int xid) {
        dhcp.received(discover(mac, architecture, xid), Ipv4Address.NONE, 68);
    }

    /** What this peer has answered by now, if anything. */
    public Optional<DhcpPacket> answer() {
        clock.runScheduledPendingTasks();
        return Optional.ofNullable(answers.poll())
                .map(bytes -> ((Decoded.Ok<DhcpPacket>) DhcpCodec.decode(ByteBuffer.wrap(bytes))).value());
    }

    /** Hands what this peer told of its offers to another. */
    public void tells(BootEdges other) {
        mesh.flush();
        for (var datagram = told.poll(); datagram != null; datagram = told.poll()) {
            other.mesh.received(datagram, Ipv4Address.of(desk.segment().address()), OfferedPort.PORT);
        }
    }

    private static byte[] discover(String mac, int architecture, int xid) {
        var options = DhcpOptions.builder()
                .put(MessageType.DISCOVER)
                .put(OptionCode.VENDOR_CLASS, "PXEClient:Arch:%05d".formatted(architecture))
                .put(OptionCode.CLIENT_ARCHITECTURE, new byte[] {0, (byte) architecture})
                .build();
        return DhcpCodec.encode(new DhcpPacket(
                DhcpPacket.BOOTREQUEST,
                1,
                6,
                0,
                xid,
                0,
                DhcpPacket.BROADCAST_FLAG,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Arrays.copyOf(HexFormat.ofDelimiter(":").parseHex(mac), 16),
                new byte[DhcpPacket.SNAME_LENGTH],
                new byte[DhcpPacket.FILE_LENGTH],
                options));
    }

    @Override
    public void close() {
        tftp.close();
        bootThread.shutdownNow();
    }
}
