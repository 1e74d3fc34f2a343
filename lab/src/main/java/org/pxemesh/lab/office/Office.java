package org.pxemesh.lab.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.hq.HqPorts;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Site;
import org.pxemesh.lab.site.Subnets;

/** An HQ and one branch office whose machines boot their neighbours. */
public final class Office {
    /** What Debian's package debian-installer-12-netboot-amd64 installs. */
    public static final Path INSTALLER = Path.of("/usr/lib/debian-installer/images/12/amd64/text");

    /** The folder, below a run's own, from which its HQ imports kits that the run has written. */
    public static final String KITS = "kits";

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration BOOT = Duration.ofSeconds(240);
    /** The built-in collection of all computers. */
    public static final String ALL_COMPUTERS = "a11c0000-0000-4000-8000-000000000001";

    /**
     * What an office is like.
     *
     * @param peers how many PCs run the agent
     * @param host the agents' host code: {@code auto}, {@code linux} or {@code portable}
     * @param settings of the agents, {@code -Dname=value} each
     */
    public record Plan(int peers, DhcpServer dhcpServer, String host, List<String> settings) {

        /** Agents as they come. */
        public Plan(int peers, DhcpServer dhcpServer, String host) {
            this(peers, dhcpServer, host, List.of());
        }
    }

    private final Hq hq;
    private final Site site;
    private final Plan plan;
    private final Timeline timeline;
    private final List<Agent> agents = new ArrayList<>();

    private Office(Hq hq, Site site, Plan plan, Timeline timeline) {
        this.hq = hq;
        this.site = site;
        this.plan = plan;
        this.timeline = timeline;
    }

    /** Makes the site, starts HQ and then the agents; their logs are in the folder, which is emptied first. */
    public static Office open(Plan plan, String runId, Path folder, Traces traces, Timeline timeline) {
        try {
            // Only what the last run wrote; this run's logs stay for reading.
            Leftovers.delete(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LabException("the folder " + folder + " cannot be emptied: " + e.getMessage(), e);
        }
        timeline.say("Making a branch office with " + plan.peers + " PCs and a DHCP server (" + plan.dhcpServer
                + ") without any PXE option");
        Subnets subnets = Subnets.free();
        Site site = Site.make(runId, subnets, folder, traces);
        plan.dhcpServer.startIn(site);
        timeline.say("Starting HQ: Kafka, policy-service, package-service, status-service");
        Hq hq = Hq.start(
                new Hq.Settings(
                        HqPorts.free(),
                        folder.resolve("hq"),
                        folder,
                        subnets.hq(),
                        List.of(INSTALLER, folder.resolve(KITS))),
                traces);
        timeline.say("HQ is ready; its console is " + hq.console());
        timeline.follow(hq.console());
        Office office = new Office(hq, site, plan, timeline);
        for (int n = 1; n <= plan.peers; n++) {
            office.addPeer("pc" + n);
        }
        return office;
    }

    private void addPeer(String name) {
        Agent agent = Agent.startOnOfficePc(site, hq, name, site.officePc(name), plan.host, plan.settings);
        timeline.name(agent.address(), agent.name());
        timeline.say("Peer " + agent.name() + " starts at " + agent.address() + ", leased by the site's DHCP server");
        agents.add(agent);
    }

    public Hq hq() {
        return hq;
    }

    public Site site() {
        return site;
    }

    public Timeline timeline() {
        return timeline;
    }

    /** The peers that run. */
    public List<Agent> agents() {
        return List.copyOf(agents);
    }

    /** Half of what an administrator does in the console: the site, and the installer's tree as a package. */
    public void importInstaller() {
        Api api = hq.api();
        api.post("/api/v1/sites", """
                {"name": "Branch office", "kind": "BRANCH", "networks": ["%s"]}
                """.formatted(site.subnets().site()));
        timeline.say("Importing the netboot tree " + INSTALLER);
        JsonNode build = api.post("/api/v1/packages/imports", """
                {"name": "debian-installer", "version": "12", "kind": "auto", "source": {"directory": "%s"}}
                """.formatted(INSTALLER));
        Until.isTrue(
                "the package to be built (" + build + ")",
                READY,
                () -> api.get("/api/v1/packages").toString().contains("debian-installer"));
    }

    /** What an administrator does in the console: a site, a package, a deployment, a policy, Enable. */
    public void enable() {
        importInstaller();
        Api api = hq.api();
        api.post("/api/v1/deployments", """
                {"name": "Debian for bare machines", "packageRef": "debian-installer@12", "unknownComputers": true,
                 "kind": "REQUIRED", "arguments": ["console=ttyS0", "locale=en_US", "keymap=us", "hostname=bare",
                 "domain=branch", "DEBIAN_FRONTEND=text", "TERM=dumb", "hw-detect/load_firmware=false"]}
                """);
        JsonNode policy = api.post("/api/v1/policies", """
                {"name": "Offices boot their neighbours", "collections": ["%s"], "unknownComputers": "BOOT"}
                """.formatted(ALL_COMPUTERS));
        timeline.say("Pressing Enable");
        api.post("/api/v1/policies/" + policy.path("id").asText() + "/enable", "");
        awaitHolders();
    }

    /** Waits until HQ knows that every running peer holds the package. */
    public void awaitHolders() {
        Until.isTrue("all " + agents.size() + " peers to hold the package", READY, () -> {
            agents.forEach(a -> a.process().requireAlive());
            for (JsonNode pkg : hq.api().get("/api/v1/distribution")) {
                if (pkg.path("holders").asInt() >= agents.size()) {
                    return true;
                }
            }
            return false;
        });
        timeline.say("All " + agents.size() + " peers hold the package");
    }

    /** Switches a machine on. */
    public Machine switchOn(String name, Firmware firmware, String nic, String mac) {
        timeline.name(mac, name);
        timeline.say("Switching on the " + firmware + " machine " + mac);
        return Machine.switchOn(site, "client-" + name, firmware, nic, mac);
    }

    /** Waits until the machine's operating system has checked in, and its console agrees. */
    public Boot awaitSystem(Machine machine, String name, double began) {
        timeline.await(machine.mac(), "BootOffered", BOOT);
        Timeline.Entry completed = timeline.await(machine.mac(), "BootCompleted", BOOT);
        String checkIn =
                "/checkin/" + completed.data().path("boot").path("bootId").asText();
        for (String proof : List.of("Linux version", checkIn, "Configuring the network with DHCP")) {
            machine.awaitConsole(proof, Duration.ofSeconds(5));
        }
        Agent responder =
                peerAt(addressOf(completed.data().path("boot").path("peerId").asText()));
        return new Boot(name, machine.mac(), responder, began, timeline.ofClient(machine.mac()));
    }

    /** Boots a machine to its operating system and switches it off again. */
    public Boot boot(String name, Firmware firmware, String nic, String mac) {
        double began = timeline.seconds();
        Machine machine = switchOn(name, firmware, nic, mac);
        try {
            return awaitSystem(machine, name, began);
        } finally {
            machine.switchOff();
        }
    }

    /** The address of the peer that HQ knows by an id. */
    public String addressOf(String id) {
        for (JsonNode peer : hq.api().get("/api/v1/peers")) {
            if (peer.path("id").asText().equals(id)) {
                return peer.path("address").asText();
            }
        }
        throw new LabException("HQ knows no peer " + id);
    }

    /** The running peer with an address. */
    public Agent peerAt(String address) {
        return agents.stream()
                .filter(a -> a.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new LabException(address + " is none of the peers that run: "
                        + agents.stream().map(Agent::address).toList()));
    }

    /** A power cut in the middle of the office. */
    public void kill(Agent agent) {
        timeline.say("SIGKILL to " + agent.name() + " (" + agent.address() + ")");
        agent.process().kill();
        agents.remove(agent);
    }

    /** Starts a killed agent again, on the same PC, and waits until it holds the package once more. */
    public void restart(Agent killed) {
        double began = timeline.seconds();
        timeline.say("Starting the agent on " + killed.name() + " again");
        agents.add(killed.again(site, hq, plan.host));
        Until.isTrue(killed.name() + " to hold the package again", READY, () -> {
            agents.forEach(a -> a.process().requireAlive());
            return timeline.since(began).stream()
                    .filter(e -> e.type().equals("ContentCompleted"))
                    .anyMatch(e -> addressOf(e.data().path("peerId").asText()).equals(killed.address()));
        });
    }

    /** The n-th machine's hardware address. */
    public static String mac(int n) {
        return String.format(Locale.ROOT, "52:54:00:12:34:%02x", n);
    }
}
