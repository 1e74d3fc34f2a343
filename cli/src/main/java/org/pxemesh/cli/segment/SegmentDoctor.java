package org.pxemesh.cli.segment;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pxemesh.cli.hq.HqException;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.pxe.Offered;
import org.pxemesh.netboot.watch.Finding;
import org.pxemesh.netboot.watch.Probe;
import org.pxemesh.netboot.watch.SegmentJudge;
import org.pxemesh.netboot.watch.Survey;

/**
 * Asks as a boot client does, by broadcast from port 68, and listens at the same time to what the peers tell one another:
 * a peer that says that it answered, and whose offer does not arrive, is behind a switch that drops it.
 */
public final class SegmentDoctor {

    private static final int CLIENT_PORT = 68;
    private static final int SERVER_PORT = 67;
    private static final int BOOT_SERVER_PORT = 4011;

    /** Where peers tell one another of their offers. */
    private static final InetSocketAddress MESH = new InetSocketAddress("239.255.80.69", 7465);

    private static final Duration LISTENING = Duration.ofSeconds(2);
    private static final Duration BOOT_SERVER = Duration.ofSeconds(3);
    private static final int POLL_MILLIS = 20;

    /** One lost datagram must not look like a switch's doing. */
    private static final int ROUNDS = 2;

    private final NetworkInterface device;
    private final Ipv4Address self;
    private final int xid = new SecureRandom().nextInt();
    private final List<Survey.Seen> offers = new ArrayList<>();
    private final Set<Ipv4Address> answered = new HashSet<>();

    private SegmentDoctor(NetworkInterface device, Ipv4Address self) {
        this.device = device;
        this.self = self;
    }

    /** What was seen, in words, and what is wrong. */
    public record Examined(List<String> offers, List<Finding> findings) {}

    /** @throws HqException when the interface or the ports cannot be had */
    public static Examined examine(String interfaceName) {
        try {
            NetworkInterface device = NetworkInterface.getByName(interfaceName);
            if (device == null) {
                throw new HqException(
                        "--segment: this computer has no interface " + interfaceName + "; it has "
                                + NetworkInterface.networkInterfaces()
                                        .map(NetworkInterface::getName)
                                        .toList(),
                        2);
            }
            Inet4Address address = device.getInterfaceAddresses().stream()
                    .map(InterfaceAddress::getAddress)
                    .filter(Inet4Address.class::isInstance)
                    .map(Inet4Address.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new HqException("--segment: " + interfaceName + " has no IPv4 address", 2));
            return new SegmentDoctor(device, Ipv4Address.of(address)).examine();
        } catch (IOException e) {
            throw new HqException(
                    "--segment: cannot ask on " + interfaceName + ": " + e.getMessage()
                            + "; port 68 needs root, and no other program that has it for itself",
                    2);
        }
    }

    private Examined examine() throws IOException {
        InetAddress own = self.toInetAddress();
        // From the interface's own address, so that the limited broadcast leaves there; to be heard at any address.
        try (DatagramSocket speaks = bound(new InetSocketAddress(own, CLIENT_PORT));
                DatagramSocket hears = bound(new InetSocketAddress(CLIENT_PORT));
                MulticastSocket mesh = new MulticastSocket(MESH.getPort())) {
            mesh.joinGroup(MESH, device);
            byte[] discover = DhcpCodec.encode(Probe.discover(xid, Ipv4Address.NONE));
            for (int round = 0; round < ROUNDS; round++) {
                send(speaks, discover, Ipv4Address.BROADCAST, SERVER_PORT);
                listen(hears, mesh);
            }
        }
        Survey heard = new Survey(offers, Set.of(), answered, true, Map.of());
        Map<Ipv4Address, Boolean> bootServers = new HashMap<>();
        for (Ipv4Address server : heard.toAsk()) {
            bootServers.put(server, answersAtBootServerPort(server));
        }
        List<Finding> findings = SegmentJudge.judge(new Survey(offers, Set.of(), answered, true, bootServers));
        return new Examined(offers.stream().map(this::described).toList(), findings);
    }

    private static DatagramSocket bound(InetSocketAddress address) throws IOException {
        DatagramSocket socket = new DatagramSocket(null);
        socket.setReuseAddress(true);
        socket.setBroadcast(true);
        socket.bind(address);
        return socket;
    }

    private static void send(DatagramSocket socket, byte[] bytes, Ipv4Address to, int port) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to.toInetAddress(), port));
    }

    private void listen(DatagramSocket hears, DatagramSocket mesh) throws IOException {
        long until = System.nanoTime() + LISTENING.toNanos();
        while (System.nanoTime() < until) {
            receive(hears, POLL_MILLIS).ifPresent(this::offer);
            receive(mesh, POLL_MILLIS).ifPresent(this::told);
        }
    }

    private static Optional<DatagramPacket> receive(DatagramSocket socket, int millis) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.setSoTimeout(millis);
        try {
            socket.receive(packet);
            return Optional.of(packet);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    private void offer(DatagramPacket datagram) {
        if (DhcpCodec.decode(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()))
                        instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet)
                && datagram.getAddress() instanceof Inet4Address source
                && packet.op() == DhcpPacket.BOOTREPLY
                && packet.xid() == xid
                && packet.messageType().equals(MessageType.OFFER)) {
            Survey.Seen seen = new Survey.Seen(Ipv4Address.of(source), packet);
            if (offers.stream().noneMatch(known -> known.server().equals(seen.server()))) {
                offers.add(seen);
            }
        }
    }

    private void told(DatagramPacket datagram) {
        if (Offered.decode(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()))
                        instanceof Decoded.Ok<Offered>(Offered offered)
                && offered.xid() == xid) {
            answered.add(offered.responder());
        }
    }

    private boolean answersAtBootServerPort(Ipv4Address server) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(self.toInetAddress(), 0))) {
            send(socket, DhcpCodec.encode(Probe.bootServerRequest(xid + 1, self)), server, BOOT_SERVER_PORT);
            return receive(socket, (int) BOOT_SERVER.toMillis()).isPresent();
        } catch (java.net.PortUnreachableException e) {
            return false;
        }
    }

    private String described(Survey.Seen seen) {
        DhcpPacket packet = seen.packet();
        String what = packet.yiaddr().isNone() ? "boot server" : "address " + packet.yiaddr();
        String claims = packet.options()
                .text(OptionCode.VENDOR_CLASS)
                .map(c -> ", option 60")
                .orElse("");
        return seen.server() + " offers " + what + claims + (answered.contains(seen.server()) ? " (a peer)" : "");
    }
}
