package org.pxemesh.lab.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Traces;

/**
 * A branch office: a switch, a router whose WAN link ends at HQ in the root namespace, a DHCP server that knows nothing of
 * PXE, office PCs that take their addresses from it, and sockets for bare machines.
 *
 * <p>The bridge stands in a namespace of its own: in the root namespace Docker's br_netfilter would drop its traffic.
 */
public final class Site {
    private final String runId;
    private final Subnets subnets;
    private final Traces traces;
    private final Path folder;
    private final Namespace lan;
    private int taps;

    private Site(String runId, Subnets subnets, Traces traces, Path folder, Namespace lan) {
        this.runId = runId;
        this.subnets = subnets;
        this.traces = traces;
        this.folder = folder;
        this.lan = lan;
    }

    /** Makes switch, router and WAN link; the DHCP server is started apart. */
    public static Site make(String runId, Subnets subnets, Path folder, Traces traces) {
        Namespace lan = Namespace.make("pxm-" + runId + "-lan", traces);
        lan.addSwitch("br0");
        Site site = new Site(runId, subnets, traces, folder, lan);
        site.makeRouter();
        return site;
    }

    private void makeRouter() {
        Namespace router = plug("router", "lan0");
        router.ip("address", "add", subnets.routerLan() + "/24", "dev", "lan0");
        // Docker may have set the root namespace's FORWARD policy; nothing is forwarded there, HQ ends in it.
        String wan = wan();
        traces.link(wan);
        Shell.run("ip", "link", "add", wan, "type", "veth", "peer", "name", "wan0", "netns", router.name());
        Shell.run("ip", "address", "add", subnets.hq() + "/30", "dev", wan);
        Shell.run("ip", "link", "set", wan, "up");
        router.ip("address", "add", subnets.routerWan() + "/30", "dev", "wan0");
        router.ip("link", "set", "wan0", "up");
        router.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        Shell.run("ip", "route", "add", subnets.site(), "via", subnets.routerWan());
        // HQ's address may be another one than this link's.
        router.ip("route", "add", "default", "via", subnets.hq());
        RouterAdvertisements.start(router, "lan0", this);
    }

    /** Lets HQ and the site's router find a further network of the site. */
    public void routeTo(String network, String via) {
        Shell.run("ip", "route", "add", network, "via", subnets.routerWan());
        new Namespace("pxm-" + runId + "-router").ip("route", "add", network, "via", via);
    }

    public Subnets subnets() {
        return subnets;
    }

    public Namespace lan() {
        return lan;
    }

    public Traces traces() {
        return traces;
    }

    public Path folder() {
        return folder;
    }

    /** A host that is not plugged into anything yet. */
    public Namespace host(String host) {
        return Namespace.make("pxm-" + runId + "-" + host, traces);
    }

    /** A host on the site's switch, its interface up and without an address. */
    public Namespace plug(String host, String nic) {
        Namespace namespace = host(host);
        cable(namespace, nic, "br0", "p-" + host);
        namespace.ip("link", "set", nic, "up");
        return namespace;
    }

    /** Plugs a host's new interface, which is still down, into a socket of one of the site's switches. */
    public void cable(Namespace host, String nic, String bridge, String socket) {
        host.ip("link", "add", nic, "type", "veth", "peer", "name", socket, "netns", lan.name());
        lan.ip("link", "set", socket, "master", bridge, "up");
    }

    /** An office PC: its address comes from the site's DHCP server, by a DHCP client that keeps running. */
    public Namespace officePc(String host) {
        Namespace pc = plug(host, "eth0");
        // Multicast needs a route; the default one comes with the lease.
        pc.ip("route", "add", "224.0.0.0/4", "dev", "eth0");
        DhcpClient.start(pc, host, this);
        return pc;
    }

    /** The address that an office PC's DHCP client got. */
    public String addressOf(Namespace pc) {
        return DhcpClient.address(pc)
                .orElseThrow(() -> new LabException(pc.name() + " has lost its address; see dhcp-server.log"));
    }

    /** A socket for a bare machine: a tap on the switch. */
    public String tap() {
        String tap = "tap" + taps++;
        lan.ip("tuntap", "add", tap, "mode", "tap");
        lan.ip("link", "set", tap, "master", "br0", "up");
        return tap;
    }

    /** Holds what comes from HQ to a rate in Mbit/s, with a queue of a quarter of a second. */
    public void holdWan(int mbit) {
        Shell.run(
                "tc",
                "qdisc",
                "replace",
                "dev",
                wan(),
                "root",
                "tbf",
                "rate",
                mbit + "mbit",
                "burst",
                "64kb",
                "latency",
                "250ms");
    }

    private String wan() {
        return "pxm-" + runId + "-w";
    }

    /**
     * The switch drops what is sent to DHCP servers on its way to a host, as a port does that knows of none behind it.
     * What is larger than a shaper's bucket is dropped: a filter that any kernel has.
     */
    public void keepDhcpFrom(String host) {
        String port = "p-" + host;
        Stream.of(
                        "qdisc add dev " + port + " root handle 1: htb default 1",
                        "class add dev " + port + " parent 1: classid 1:1 htb rate 1gbit",
                        "class add dev " + port + " parent 1: classid 1:4 htb rate 1gbit",
                        "qdisc add dev " + port + " parent 1:4 tbf rate 8kbit burst 64 limit 64",
                        "filter add dev " + port + " parent 1: protocol ip u32 match ip protocol 17 0xff"
                                + " match ip dport 67 0xffff flowid 1:4")
                .forEach(line -> lan.run(("tc " + line).split(" ")));
    }

    /** A process in one of the site's namespaces. */
    public LabProcess start(String name, Namespace in, List<String> command, Map<String, String> environment) {
        return LabProcess.start(name, in.exec(command), environment, folder, traces);
    }
}
