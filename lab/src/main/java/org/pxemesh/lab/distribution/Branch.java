package org.pxemesh.lab.distribution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.hq.HqPorts;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Subnets;

/**
 * A site of one or more segments behind one router: addresses 10.N.(16 n + s).0/24 for segment s of site n, and 10.N.0.(4
 * n)/30 for its WAN. Its PCs have fixed addresses; nobody boots here.
 */
final class Branch {
    private final String name;
    private final int number;
    private final String prefix;
    private final Path folder;
    private final Traces traces;
    private final String runId;
    private final Namespace router;
    private final Wan wan;
    private final List<Namespace> lans = new ArrayList<>();
    private final List<BranchPeer> peers = new ArrayList<>();

    /**
     * What a branch is like.
     *
     * @param segments peers of each
     * @param mbit its WAN, in Mbit/s
     */
    record Plan(String name, List<Integer> segments, int mbit) {
        int peers() {
            return segments.stream().mapToInt(Integer::intValue).sum();
        }
    }

    private Branch(Plan plan, int number, Subnets subnets, String runId, Path folder, Traces traces) {
        this.name = plan.name;
        this.number = number;
        this.prefix = "10." + subnets.second() + ".";
        this.runId = runId;
        this.folder = folder;
        this.traces = traces;
        this.router = Namespace.make("pxm-" + runId + "-" + name + "-r", traces);
        this.wan = Wan.make(
                "pxm-" + runId + "-w" + number,
                router,
                hqAddress(),
                prefix + "0." + (4 * number + 2),
                plan.mbit,
                traces);
        Shell.run("ip", "route", "add", network(), "via", prefix + "0." + (4 * number + 2));
    }

    /** Makes router, WAN and segments. */
    static Branch make(Plan plan, int number, Subnets subnets, String runId, Path folder, Traces traces) {
        Branch branch = new Branch(plan, number, subnets, runId, folder, traces);
        for (int segment = 1; segment <= plan.segments.size(); segment++) {
            branch.addSegment(segment, plan.segments.get(segment - 1));
        }
        return branch;
    }

    private void addSegment(int segment, int count) {
        Namespace lan = Namespace.make("pxm-" + runId + "-" + name + "-l" + segment, traces);
        lan.addSwitch("br0");
        lans.add(lan);
        String gateway = address(segment, 1);
        plug(router, "lan" + segment, lan, "p-router", gateway);
        for (int n = 1; n <= count; n++) {
            String host = name + segment + n;
            Namespace pc = Namespace.make("pxm-" + runId + "-" + host, traces);
            String address = address(segment, 10 + n);
            plug(pc, "eth0", lan, "p-" + host, address);
            pc.ip("route", "add", "default", "via", gateway);
            pc.ip("route", "add", "224.0.0.0/4", "dev", "eth0");
            peers.add(new BranchPeer(host, segment, pc, address));
        }
    }

    private static void plug(Namespace host, String nic, Namespace lan, String port, String address) {
        host.ip("link", "add", nic, "type", "veth", "peer", "name", port, "netns", lan.name());
        lan.ip("link", "set", port, "master", "br0", "up");
        host.ip("address", "add", address + "/24", "brd", "+", "dev", nic);
        host.ip("link", "set", nic, "up");
    }

    private String address(int segment, int last) {
        return prefix + (16 * number + segment) + "." + last;
    }

    /** HQ's address on this site's WAN. */
    String hqAddress() {
        return prefix + "0." + (4 * number + 1);
    }

    /** All segments of the site, as CIDR. */
    String network() {
        return prefix + 16 * number + ".0/20";
    }

    /** The segments, as CIDR. */
    List<String> networks() {
        return java.util.stream.IntStream.rangeClosed(1, lans.size())
                .mapToObj(segment -> address(segment, 0) + "/24")
                .toList();
    }

    boolean has(String address) {
        return networks().stream().anyMatch(network -> address.startsWith(network.replaceFirst("[0-9]+/24$", "")));
    }

    String name() {
        return name;
    }

    int segments() {
        return lans.size();
    }

    Wan wan() {
        return wan;
    }

    List<BranchPeer> peers() {
        return peers;
    }

    void hold(int mbit, HqPorts ports) {
        wan.hold(mbit, ports);
    }

    /** Starts the agent on a PC, for the first time or once more. */
    void start(BranchPeer peer, Hq hq) {
        List<String> properties = List.of(
                "-Dpxemesh.hq.kafka=" + hq.kafkaForAgents(),
                "-Dpxemesh.trust.keys=" + hq.trustKeys(),
                "-Dpxemesh.state-dir=" + state(peer),
                "-Dpxemesh.labels.extra=host=" + peer.name());
        peer.runs(
                LabProcess.start(peer.nextLog(), peer.pc().exec(Agent.command(properties)), Map.of(), folder, traces));
    }

    Path state(BranchPeer peer) {
        return folder.resolve(peer.name() + "-state");
    }

    /** Segments of the site no longer reach one another; the way to HQ stays. */
    void cutBetweenSegments() {
        router.run("ip", "rule", "add", "prio", "10", "iif", "lan1", "to", address(2, 0) + "/24", "prohibit");
        router.run("ip", "rule", "add", "prio", "11", "iif", "lan2", "to", address(1, 0) + "/24", "prohibit");
    }
}
