package org.pxemesh.agent.boot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.pxemesh.mesh.RankingMember;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.loader.LoaderConfiguration;
import org.pxemesh.netboot.loader.WaitScript;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ReplyForms;
import org.pxemesh.policy.BootClient;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policy.Decision;
import org.pxemesh.policy.Ignored;
import org.pxemesh.policy.Reason;

/**
 * Machines that run iPXE and are to boot what nobody in the segment holds yet: they ask again and again instead of going
 * to their disks, for as long as {@link WaitScript#MOST_POLLS} allows. All that is remembered of them is what their
 * DISCOVER told; how long they have waited stands in the address that they ask for, so that any peer can go on.
 */
public final class WaitingRoom {

    private static final Logger LOG = Logger.getLogger(WaitingRoom.class);
    private static final Set<Reason> ON_ITS_WAY = Set.of(Reason.PACKAGE_NOT_HELD, Reason.PACKAGE_ARRIVING);
    private static final int CLIENTS = 1024;
    private static final int NEIGHBOURS = 2;

    private final BootDesk desk;
    private final BootAddresses addresses;
    private final Map<String, ClientFacts> waiting = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ClientFacts> eldest) {
            return size() > CLIENTS;
        }
    };

    WaitingRoom(BootDesk desk, BootAddresses addresses) {
        this.desk = desk;
        this.addresses = addresses;
    }

    /** Where a client that is ignored asks on; empty for all that cannot wait, or have nothing to wait for. */
    public Optional<String> invite(ClientFacts facts, Ignored ignored) {
        if (!facts.ipxe() || !isOnItsWay(ignored)) {
            return Optional.empty();
        }
        ClientArchitecture architecture =
                ClientArchitecture.ofCode(facts.architecture().code());
        synchronized (waiting) {
            waiting.put(facts.mac().toString(), facts);
        }
        return Optional.of(addresses.wait(architecture, WaitScript.MOST_POLLS));
    }

    private static boolean isOnItsWay(Ignored ignored) {
        return ON_ITS_WAY.containsAll(ignored.reasons());
    }

    /**
     * The next script of a client that waits: to boot, to wait on, or to start from its disk.
     *
     * @param label of its architecture
     * @param left questions that it may still ask
     */
    public String answer(String label, int left, Ipv4Address from, long now) {
        Optional<String> mac = desk.macOf(from);
        Optional<ClientArchitecture> architecture = ClientArchitecture.ofLabel(label);
        if (mac.isEmpty() || architecture.isEmpty()) {
            return WaitScript.end("No peer knows this machine by its address");
        }
        Decision decision = desk.decideForWaiting(new BootClient(mac.get(), null, architecture.get()));
        return switch (decision) {
            case BootPlan plan -> go(mac.get(), plan, now);
            case Ignored ignored
            when isOnItsWay(ignored) && left > 0 ->
                new WaitScript(
                                polls(architecture.get(), Math.min(left, WaitScript.MOST_POLLS) - 1),
                                "What this machine is to boot is still on its way, asked again " + left + " times")
                        .text();
            case Ignored ignored -> {
                LOG.infof("waited in vain mac=%s reasons=%s left=%d", mac.get(), ignored.reasonNames(), left);
                yield WaitScript.end("Nothing to boot: " + String.join(", ", ignored.reasonNames()));
            }
        };
    }

    private String go(String mac, BootPlan plan, long now) {
        BootSession session =
                desk.sessions().discovered(mac, ThreadLocalRandom.current().nextInt(), plan, true, now);
        ClientFacts facts;
        synchronized (waiting) {
            facts = waiting.remove(mac);
        }
        if (facts != null) {
            desk.reporter().offered(session, facts, 0, 0, ReplyForms.IPXE.name(), plan.nbp(), addresses.host());
        }
        return WaitScript.go(
                plan.hasIpxeScript() || plan.kernel() != null
                        ? desk.sources(session).stream()
                                .map(files -> files + "/" + LoaderConfiguration.IPXE_SCRIPT)
                                .toList()
                        // What goes on over TFTP asks the server of iPXE's own offer, which is this peer.
                        : List.of("tftp://" + addresses.host() + "/" + plan.nbp()));
    }

    private List<String> polls(ClientArchitecture architecture, int left) {
        List<String> all = new ArrayList<>(List.of(addresses.wait(architecture, left)));
        Stream<RankingMember> others = desk.segment().ranking().members().stream()
                .filter(member -> !member.id().equals(desk.segment().peerId()))
                .limit(NEIGHBOURS);
        others.map(member -> addresses.at(member.address().getHostAddress()).wait(architecture, left))
                .forEach(all::add);
        return all;
    }
}
