package org.pxemesh.agent.dhcp;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientInspector;
import org.pxemesh.netboot.pxe.Inspection;
import org.pxemesh.netboot.pxe.IpxeForm;
import org.pxemesh.netboot.pxe.ReplyContent;
import org.pxemesh.netboot.watch.Finding;
import org.pxemesh.netboot.watch.Trouble;

/**
 * Answers iPXE in the place of boot servers that were found silent at port 4011. iPXE asks there for two seconds where such a
 * server's offer was the first, and then has nothing to boot. Who answers there after all is sooner than this, and what comes
 * later is no matter to an iPXE that has its answer. Boot thread only; see decision 037.
 */
final class StandIn {

    private static final Logger LOG = Logger.getLogger(StandIn.class);
    private static final ClientInspector INSPECTOR = new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS);

    /** After its REQUEST: a server that lives has had its turn, and its DHCP server may take a while to acknowledge. */
    static final List<Long> AFTER_MILLIS = List.of(250L, 750L, 1_250L, 1_750L);

    private static final int CLIENT_PORT = 68;
    private static final int CLIENTS = 256;
    private static final int SERVERS = 4;

    private final BootDesk desk;
    private final ScheduledExecutorService loop;
    private final Wire bootServer;
    private final Set<HardwareAddress> underWay = new HashSet<>();

    /** @param bootServer the way out of port 4011 */
    StandIn(BootDesk desk, ScheduledExecutorService loop, Wire bootServer) {
        this.desk = desk;
        this.loop = loop;
        this.bootServer = bootServer;
    }

    /** A client that this peer made an offer to asks its DHCP server for its address. */
    void requested(DhcpPacket request) {
        List<Ipv4Address> silent = silentServers();
        Optional<Ipv4Address> client = request.options().address(OptionCode.REQUESTED_ADDRESS);
        if (silent.isEmpty() || client.isEmpty() || !request.giaddr().isNone()) {
            return;
        }
        // What it told there is what it will tell at port 4011.
        if (INSPECTOR.inspect(request, ClientFacts.BOOT_SERVER_PORT) instanceof Inspection.Client(ClientFacts facts)
                && facts.ipxe()
                && !facts.httpClient()) {
            desk.sessions()
                    .byMac(facts.mac().toString())
                    .filter(BootSession::discovered)
                    .ifPresent(
                            session -> stand(new Place(request, facts, client.get(), session, files(session)), silent));
        }
    }

    /**
     * Where it stands in.
     *
     * @param client the address that it asks for, and has by the time it asks port 4011
     * @param filesBefore that the client had fetched: one that goes on has its answer
     */
    private record Place(
            DhcpPacket request, ClientFacts facts, Ipv4Address client, BootSession session, int filesBefore) {}

    private List<Ipv4Address> silentServers() {
        List<Finding> findings = desk.segment().watch().findings();
        return findings.isEmpty()
                ? List.of()
                : findings.stream()
                        .filter(finding -> finding.trouble() == Trouble.DEAD_BOOT_SERVER)
                        .map(Finding::server)
                        .distinct()
                        .limit(SERVERS)
                        .toList();
    }

    private void stand(Place place, List<Ipv4Address> silent) {
        if (underWay.size() >= CLIENTS || !underWay.add(place.facts.mac())) {
            return;
        }
        for (long millis : AFTER_MILLIS) {
            loop.schedule(() -> answer(place, silent, millis), millis, TimeUnit.MILLISECONDS);
        }
    }

    private void answer(Place place, List<Ipv4Address> silent, long millis) {
        HardwareAddress mac = place.facts.mac();
        if (millis == AFTER_MILLIS.getLast()) {
            underWay.remove(mac);
        }
        if (files(place.session) > place.filesBefore) {
            return;
        }
        ReplyContent content = desk.reply(place.session, place.facts, desk.server(mac, place.session.plan(), 0));
        for (Ipv4Address server : silent) {
            DhcpPacket reply = IpxeForm.inPlaceOf(server, place.request, place.facts, content);
            bootServer.send(DhcpCodec.encode(reply), place.client, CLIENT_PORT);
        }
        LOG.infof(
                "answered in a silent boot server's place mac=%s servers=%s file=%s", mac, silent, content.bootFile());
    }

    private int files(BootSession session) {
        return desk.sessions().totals(session).files();
    }
}
