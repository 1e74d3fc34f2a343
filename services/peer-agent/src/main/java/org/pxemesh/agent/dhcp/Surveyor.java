package org.pxemesh.agent.dhcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.Segment;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.watch.Probe;
import org.pxemesh.netboot.watch.SegmentJudge;
import org.pxemesh.netboot.watch.Survey;

/**
 * Looks at the segment now and then as a boot client would, and never binds port 68 for it: the probe asks as a relay
 * does, so that servers answer to this peer's own port 67. Boot thread only.
 */
public final class Surveyor {

    private static final long OFFERS_MILLIS = 4_000;
    private static final long BOOT_SERVERS_MILLIS = 3_000;
    private static final int OFFERS = 32;

    private final Segment segment;
    private final Ipv4Address self;
    private final ScheduledExecutorService loop;
    private final Random chance = new Random();
    private final List<Survey.Seen> offers = new ArrayList<>();
    private final Map<Ipv4Address, Boolean> bootServers = new HashMap<>();
    private @Nullable Wire dhcp;
    private @Nullable Wire bootServer;
    private @Nullable ScheduledFuture<?> next;
    private int xid;
    private boolean open;

    public Surveyor(Segment segment, ScheduledExecutorService loop) {
        this.segment = segment;
        this.self = Ipv4Address.of(segment.address());
        this.loop = loop;
    }

    /**
     * Begins to look.
     *
     * @param dhcpSocket of port 67
     * @param bootServerSocket of port 4011
     * @param first after the start: the mesh should have formed
     */
    public void start(Wire dhcpSocket, Wire bootServerSocket, Duration first, Duration every) {
        loop.execute(() -> {
            dhcp = dhcpSocket;
            bootServer = bootServerSocket;
            next = loop.scheduleWithFixedDelay(this::look, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    public void close() {
        loop.execute(() -> {
            if (next != null) {
                next.cancel(false);
            }
        });
    }

    private void look() {
        if (open) {
            return; // the last look has not ended: somebody set it to a few seconds
        }
        offers.clear();
        bootServers.clear();
        xid = chance.nextInt();
        open = true;
        send(dhcp, Probe.discover(xid, self), Ipv4Address.BROADCAST, ClientFacts.DHCP_PORT);
        loop.schedule(this::askBootServers, OFFERS_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A server's packet that came to one of this peer's ports. */
    public void replied(DhcpPacket packet, Ipv4Address source) {
        if (!open || source.equals(self)) {
            return;
        }
        if (packet.messageType().equals(MessageType.OFFER) && packet.xid() == xid && offers.size() < OFFERS) {
            offers.add(new Survey.Seen(source, packet));
        } else if (packet.messageType().equals(MessageType.ACK) && packet.xid() == xid + 1) {
            bootServers.computeIfPresent(source, (server, silent) -> true);
        }
    }

    private void askBootServers() {
        for (Ipv4Address server : survey().toAsk()) {
            bootServers.put(server, false);
            send(bootServer, Probe.bootServerRequest(xid + 1, self), server, ClientFacts.BOOT_SERVER_PORT);
        }
        loop.schedule(this::judge, bootServers.isEmpty() ? 0 : BOOT_SERVERS_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void judge() {
        open = false;
        if (segment.ranking().members().isEmpty()) {
            return; // a mute peer ranks nobody, and would take its neighbours for strangers
        }
        segment.watch().found(segment.interfaceName(), SegmentJudge.judge(survey()));
    }

    private Survey survey() {
        Set<Ipv4Address> peers = new HashSet<>();
        peers.add(self);
        segment.ranking().members().forEach(member -> {
            if (member.address() instanceof java.net.Inet4Address address) {
                peers.add(Ipv4Address.of(address));
            }
        });
        // Not every DHCP server answers a relay that it was not told of: silence means nothing.
        return new Survey(offers, peers, Set.of(), false, bootServers);
    }

    private static void send(@Nullable Wire wire, DhcpPacket packet, Ipv4Address to, int port) {
        if (wire != null) {
            wire.send(DhcpCodec.encode(packet), to, port);
        }
    }
}
