package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.client.Discoverer;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.office.Boot;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.Timeline;
import org.pxemesh.lab.site.DhcpServer;

/**
 * Kill -9 any one agent just before or during discovery: the client still boots. First every agent in turn, right before a
 * DISCOVER that it would have answered; then real firmware, whose responder dies right after its offer.
 */
final class SliceScenario implements Scenario {
    private static final int PEERS = 3;

    @Override
    public String name() {
        return "slice";
    }

    @Override
    public String about() {
        return "SIGKILL to any one agent just before or during discovery: the client still boots";
    }

    @Override
    public Office.Plan office() {
        return new Office.Plan(PEERS, DhcpServer.DNSMASQ, "auto");
    }

    @Override
    public void play(Office office, ObjectNode figures) {
        office.enable();
        ArrayNode kills = figures.putArray("killsBeforeDiscover");
        try (Discoverer discoverer = Discoverer.plugIn(office.site())) {
            int machine = 100;
            for (String victim : office.agents().stream().map(Agent::address).toList()) {
                machine = killBeforeDiscover(office, discoverer, victim, machine, kills);
            }
        }
        figures.set("killedBeforeFirmwareDiscovers", killBeforeBios(office).json());
        figures.set("killedDuringDiscovery", killDuringUefi(office).json());
    }

    /** Finds a machine whose next DISCOVER is the victim's to answer, kills the victim, and lets the machine discover. */
    private static int killBeforeDiscover(
            Office office, Discoverer discoverer, String victim, int machine, ArrayNode kills) {
        int n = machine;
        String mac = Office.mac(n);
        while (!nextAnswerer(discoverer, mac).equals(victim)) {
            mac = Office.mac(++n);
            if (n > machine + 40) {
                throw new LabException("no machine found whose turn is " + victim + "'s: is the ranking even?");
            }
        }
        Agent agent = office.peerAt(victim);
        office.kill(agent);
        List<Discoverer.Offer> offers = discoverer.discover(mac);
        if (offers.isEmpty()) {
            throw new LabException("nobody answered " + mac + " after " + agent.name() + " was killed");
        }
        Discoverer.Offer offer = offers.getFirst();
        office.timeline()
                .say(String.format(
                        Locale.ROOT,
                        "%s answered instead of %s after %.1f ms",
                        office.peerAt(offer.responder()).name(),
                        agent.name(),
                        offer.millis()));
        kills.addObject()
                .put("killed", victim)
                .put("answeredBy", offer.responder())
                .put("millis", offer.millis())
                .put("offers", offers.size());
        office.restart(agent);
        return n + 1;
    }

    /** The answers of one round of attempts go around all peers; the next round begins with the same one. */
    private static String nextAnswerer(Discoverer discoverer, String mac) {
        List<String> round = new ArrayList<>();
        for (int attempt = 0; attempt < PEERS; attempt++) {
            List<Discoverer.Offer> offers = discoverer.discover(mac);
            if (offers.isEmpty()) {
                throw new LabException("nobody answered the DISCOVER number " + (attempt + 1) + " of " + mac
                        + " although all peers run");
            }
            round.add(offers.getFirst().responder());
        }
        return round.getFirst();
    }

    private static Boot killBeforeBios(Office office) {
        Agent victim = office.agents().getFirst();
        double began = office.timeline().seconds();
        Machine machine = office.switchOn("bios", Firmware.BIOS, "virtio-net-pci", Office.mac(1));
        office.kill(victim);
        try {
            return office.awaitSystem(machine, "bios", began);
        } finally {
            machine.switchOff();
            office.restart(victim);
        }
    }

    private static Boot killDuringUefi(Office office) {
        String mac = Office.mac(2);
        double began = office.timeline().seconds();
        Machine machine = office.switchOn("uefi", Firmware.UEFI, "virtio-net-pci", mac);
        try {
            Timeline.Entry offered = office.timeline().await(mac, "BootOffered", Duration.ofSeconds(60));
            office.kill(office.peerAt(offered.data().path("responder").asText()));
            return office.awaitSystem(machine, "uefi", began);
        } finally {
            machine.switchOff();
        }
    }
}
