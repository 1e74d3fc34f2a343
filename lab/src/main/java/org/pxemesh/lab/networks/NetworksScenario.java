package org.pxemesh.lab.networks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.hq.HqPorts;
import org.pxemesh.lab.office.Run;
import org.pxemesh.lab.office.SmallPackage;
import org.pxemesh.lab.office.Timeline;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.scenario.LabScenario;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;
import org.pxemesh.lab.site.Subnets;

/**
 * A peer with two cables and a VLAN on one of them, a peer whose machine is its network's DHCP server, a network whose
 * machines a relay speaks for, and a peer with the {@code portable} host. The zoo boots in each, and nothing may answer
 * where it was not asked.
 */
public final class NetworksScenario implements LabScenario {
    private static final Duration READY = Duration.ofSeconds(90);
    private static final int PEER = 11;
    private static final int PORTABLE_PEER = 12;

    @Override
    public String name() {
        return "networks";
    }

    @Override
    public String about() {
        return "peers on several cables and VLANs, beside a DHCP server on their own machine, and behind a relay";
    }

    @Override
    public ObjectNode run() throws InterruptedException {
        return Run.playAnywhere(
                "lab-networks",
                (runId, folder, traces, timeline, figures) ->
                        new NetworksScenario.Play(runId, folder, traces, timeline, figures).all());
    }

    /** One run. */
    private static final class Play {
        private final Path folder;
        private final Timeline timeline;
        private final ObjectNode figures;
        private final Site site;
        private final Hq hq;
        private final Exams exams;

        Play(String runId, Path folder, Traces traces, Timeline timeline, ObjectNode figures) {
            this.folder = folder;
            this.timeline = timeline;
            this.figures = figures;
            Subnets subnets = Subnets.free();
            timeline.say("Making an office of five networks, and HQ");
            this.site = Site.make(runId, subnets, folder, traces);
            List.of(Net.values()).forEach(net -> net.lay(site));
            DhcpServer.DNSMASQ.startIn(site);
            this.exams = new Exams(site);
            this.hq = Hq.start(
                    new Hq.Settings(
                            HqPorts.free(),
                            folder.resolve("hq"),
                            folder,
                            subnets.hq(),
                            List.of(folder.resolve("kits"))),
                    traces);
            timeline.follow(hq.console());
        }

        void all() {
            SmallPackage.enable(
                    hq,
                    folder.resolve("kits"),
                    Arrays.stream(Net.values()).map(net -> net.cidr(site)).toList());
            Agent wide = wide();
            figures.put("vlan", Net.vlan(wide.pc()));
            Namespace shop = shopPc();
            Agent beside = besideDhcpServer(shop);
            RelayHost.start(site, List.of(Net.HALL.address(site, PEER), Net.HALL.address(site, PORTABLE_PEER)));
            awaitServing(wide, Set.of("eth0", "eth1", "eth0." + Net.VLAN));
            awaitServing(beside, Set.of("eth1"));

            timeline.say("The zoo boots in all three networks of one peer at once");
            report(exams.all(
                    new Exam(Net.OFFICE, wide.address(), 0x1000, false, "linux"),
                    new Exam(Net.HALL, Net.HALL.address(site, PEER), 0x1100, false, "linux"),
                    new Exam(Net.VOICE, Net.VOICE.address(site, PEER), 0x1200, false, "linux")));
            timeline.say("The zoo boots beside a DHCP server on the peer's machine, and behind a relay");
            report(exams.all(
                    new Exam(Net.SHOP, Net.SHOP.address(site, PEER), 0x1300, true, "linux, DHCP server on the host"),
                    new Exam(Net.FAR, Net.HALL.address(site, PEER), 0x1400, true, "linux, behind a relay")));

            Agent portable = portable();
            awaitServing(portable, Set.of("eth1"));
            requireSegmentsApart(wide, portable);
            timeline.say("SIGKILL to the peer on three networks: the one with the portable host is alone in the hall");
            wide.process().kill();
            Until.isTrue(
                    "the hall's mesh to notice",
                    READY,
                    () -> members(portable, "eth1").equals(Set.of(Net.HALL.address(site, PORTABLE_PEER))));
            report(exams.all(
                    new Exam(Net.HALL, Net.HALL.address(site, PORTABLE_PEER), 0x1500, false, "portable"),
                    new Exam(
                            Net.FAR, Net.HALL.address(site, PORTABLE_PEER), 0x1400, true, "portable, behind a relay")));
        }

        /** Two cables, and a VLAN on the first. */
        private Agent wide() {
            Namespace pc = site.officePc("pc1");
            Net.HALL.plug(site, pc, "eth1", PEER);
            Net.VOICE.plug(site, pc, "eth0", PEER);
            RelayHost.routeFrom(site, pc, "eth1");
            return Agent.startOnOfficePc(site, hq, "pc1", pc, "linux", List.of());
        }

        /** The default route goes by its other cable. */
        private Agent portable() {
            Namespace pc = site.officePc("pc2");
            Net.HALL.plug(site, pc, "eth1", PORTABLE_PEER);
            RelayHost.routeFrom(site, pc, "eth1");
            List<String> settings = List.of("-Dpxemesh.interfaces=eth1,eth0");
            Agent agent = Agent.startOnOfficePc(site, hq, "pc2", pc, "portable", settings);
            agent.process().awaitLog("eth0 is not used: the portable host serves one network", READY);
            return agent;
        }

        private Namespace shopPc() {
            Namespace pc = site.officePc("pc3");
            Net.SHOP.plug(site, pc, "eth1", PEER);
            LabProcess server = site.start(
                    "dhcp-shop",
                    pc,
                    List.of(
                            "dnsmasq",
                            "--keep-in-foreground",
                            "--conf-file=/dev/null",
                            "--port=0",
                            "--user=root",
                            "--interface=eth1",
                            "--bind-dynamic",
                            "--no-ping",
                            "--dhcp-authoritative",
                            "--dhcp-range=" + Net.SHOP.address(site, 0) + ",static,255.255.255.0,1h",
                            "--dhcp-host=" + Exams.macs(0x1300) + "," + Net.SHOP.address(site, Net.ZOO),
                            "--dhcp-vendorclass=set:pxe,PXEClient",
                            "--dhcp-option-force=tag:pxe,60,PXEClient",
                            "--dhcp-leasefile=" + folder.resolve("leases-shop"),
                            "--pid-file=" + folder.resolve("dhcp-shop.pid"),
                            "--log-dhcp",
                            "--log-facility=-"),
                    Map.of());
            server.awaitLog("started", Duration.ofSeconds(10));
            return pc;
        }

        private Agent besideDhcpServer(Namespace pc) {
            Agent unaware = Agent.startOnOfficePc(site, hq, "pc3", pc, "linux", List.of("-Dpxemesh.interfaces=eth1"));
            for (String words : List.of("is taken by dnsmasq (pid ", "set pxemesh.dhcp.listen=false")) {
                unaware.process().awaitLog(words, READY);
            }
            timeline.say("The peer beside a DHCP server says which setting it needs; it gets that");
            unaware.process().stop();
            return Agent.startOnOfficePc(
                    site, hq, "pc3", pc, "linux", List.of("-Dpxemesh.interfaces=eth1", "-Dpxemesh.dhcp.listen=false"));
        }

        private void awaitServing(Agent agent, Set<String> interfaces) {
            Until.isTrue(agent.name() + " to serve on " + interfaces, READY, () -> {
                agent.process().requireAlive();
                Set<String> serving = new TreeSet<>();
                for (JsonNode segment : agent.status().path("segments")) {
                    if (segment.path("serving").asBoolean()) {
                        serving.add(segment.path("interfaceName").asText());
                    }
                }
                return serving.equals(interfaces) && agent.serves(SmallPackage.REF);
            });
        }

        /** The two peers have the hall in common; a mesh that leaks would show the one in the other's networks. */
        private void requireSegmentsApart(Agent wide, Agent portable) {
            Set<String> both = Set.of(Net.HALL.address(site, PEER), Net.HALL.address(site, PORTABLE_PEER));
            Until.isTrue(
                    "the hall to have two peers",
                    READY,
                    () -> members(wide, "eth1").equals(both)
                            && members(portable, "eth1").equals(both));
            for (String other : List.of("eth0", "eth0." + Net.VLAN)) {
                if (members(wide, other).size() != 1) {
                    throw new LabException(
                            "the mesh of " + other + " has members of another network: " + members(wide, other));
                }
            }
        }

        private static Set<String> members(Agent agent, String nic) {
            Set<String> members = new TreeSet<>();
            for (JsonNode segment : agent.status().path("segments")) {
                if (segment.path("interfaceName").asText().equals(nic)) {
                    segment.path("members")
                            .forEach(
                                    member -> members.add(member.path("address").asText()));
                }
            }
            return members;
        }

        private void report(List<ObjectNode> results) {
            List<String> faults = new ArrayList<>();
            for (ObjectNode result : results) {
                figures.withArray("exams").add(result);
                result.path("faults")
                        .forEach(fault -> faults.add(result.path("network").asText() + ": " + fault.asText()));
            }
            if (!faults.isEmpty()) {
                throw new LabException(String.join("\n", faults));
            }
        }
    }
}
