package org.pxemesh.lab.firmware;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;
import org.pxemesh.lab.site.Subnets;

/** What stands between a site's machines and its DHCP server. */
enum Relay {
    /** The server is on the same switch. */
    NONE("none") {
        @Override
        void start(Site site, DhcpServer server) {
            server.startIn(site);
        }

        @Override
        LabProcess relay(Namespace relay, Site site) {
            throw new IllegalStateException("there is none");
        }
    },
    /** The server is on the peer's own machine: it has port 67, and its option 60 sends machines to the peer's port 4011. */
    SERVER_ON_PEER("none, server on the peer") {
        @Override
        void start(Site site, DhcpServer server) {
            // With the peer's PC.
        }

        @Override
        LabProcess relay(Namespace relay, Site site) {
            throw new IllegalStateException("there is none");
        }

        @Override
        List<String> settings() {
            return List.of("-Dpxemesh.dhcp.listen=false");
        }

        @Override
        Namespace peer(Site site, DhcpServer server) {
            Namespace pc = site.plug("pc1", "eth0");
            pc.ip("address", "add", site.subnets().dhcpServer() + "/24", "brd", "+", "dev", "eth0");
            pc.ip("route", "add", "default", "via", site.subnets().routerLan());
            pc.ip("route", "add", "224.0.0.0/4", "dev", "eth0");
            server.startBesidePeer(pc, site);
            return pc;
        }
    },
    /** ISC's relay, as many routers have it. */
    ISC("isc-dhcp-relay") {
        @Override
        LabProcess relay(Namespace relay, Site site) {
            return isc(relay, site, List.of(SERVER.formatted(second(site))));
        }
    },
    /**
     * ISC's relay, which was told of the peer besides. That one is in the DHCP server's network: it hears no machine but
     * through the relay.
     */
    ISC_TO_PEER("isc-dhcp-relay, to the peer too") {
        @Override
        LabProcess relay(Namespace relay, Site site) {
            return isc(relay, site, List.of("-a", SERVER.formatted(second(site)), PEER.formatted(second(site))));
        }

        @Override
        List<String> networks(Subnets subnets) {
            return List.of(subnets.site(), FAR.formatted(subnets.second()));
        }

        @Override
        Namespace peer(Site site, DhcpServer server) {
            Namespace pc = site.host("pc1");
            cable(site, pc, "eth0", PEER);
            pc.ip("route", "add", "default", "via", UPSTREAM.formatted(second(site)));
            pc.ip("route", "add", "224.0.0.0/4", "dev", "eth0");
            site.routeTo(FAR.formatted(second(site)), site.subnets().fixed(RELAY));
            return pc;
        }
    },
    /** dnsmasq's relay, as small routers have it. */
    DNSMASQ("dnsmasq --dhcp-relay") {
        @Override
        LabProcess relay(Namespace relay, Site site) {
            LabProcess process = site.start(
                    "dhcp-relay",
                    relay,
                    List.of(
                            "dnsmasq",
                            "--keep-in-foreground",
                            "--conf-file=/dev/null",
                            "--port=0",
                            "--user=root",
                            "--dhcp-relay=" + site.subnets().fixed(RELAY) + "," + SERVER.formatted(second(site)),
                            "--pid-file=" + site.folder().resolve("dhcp-relay.pid"),
                            "--log-facility=-"),
                    Map.of());
            process.awaitLog("DHCP relay from", Duration.ofSeconds(10));
            return process;
        }
    };

    private static final String SERVER = "10.%d.2.2";
    private static final String UPSTREAM = "10.%d.2.1";
    private static final String PEER = "10.%d.2.11";
    private static final String FAR = "10.%d.2.0/24";
    private static final String FAR_SWITCH = "br2";

    /** The relay's last number in the machine's network. */
    private static final int RELAY = 3;

    private final String label;

    Relay(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    abstract LabProcess relay(Namespace relay, Site site);

    /** The networks that HQ's site has. */
    List<String> networks(Subnets subnets) {
        return List.of(subnets.site());
    }

    /** The peer's settings. */
    List<String> settings() {
        return List.of();
    }

    /**
     * A PC for the peer.
     *
     * @param server of this site, if it is on that PC
     */
    Namespace peer(Site site, DhcpServer server) {
        return site.officePc("pc1");
    }

    /** A host with a leg in each network; the DHCP server is in the other. */
    void start(Site site, DhcpServer server) {
        site.lan().addSwitch(FAR_SWITCH);
        Namespace relay = site.plug("relay", "eth0");
        relay.ip("address", "add", site.subnets().fixed(RELAY) + "/24", "dev", "eth0");
        relay.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        relay.ip("route", "add", "default", "via", site.subnets().routerLan());
        Namespace far = site.host("dhcp");
        cable(site, relay, "up0", UPSTREAM);
        cable(site, far, "eth0", SERVER);
        far.ip("route", "add", "default", "via", UPSTREAM.formatted(second(site)));
        server.startOn(far, site);
        relay(relay, site);
    }

    private static void cable(Site site, Namespace host, String nic, String address) {
        String socket = "f-" + host.name().substring(host.name().lastIndexOf('-') + 1);
        site.cable(host, nic, FAR_SWITCH, socket);
        host.ip("address", "add", address.formatted(second(site)) + "/24", "dev", nic);
        host.ip("link", "set", nic, "up");
    }

    private static LabProcess isc(Namespace relay, Site site, List<String> servers) {
        List<String> command =
                new ArrayList<>(List.of("dhcrelay", "-4", "-d", "--no-pid", "-id", "eth0", "-iu", "up0"));
        command.addAll(servers);
        LabProcess process = site.start("dhcp-relay", relay, command, Map.of());
        process.awaitLog("Sending on   Socket/fallback", Duration.ofSeconds(10));
        return process;
    }

    private static int second(Site site) {
        return site.subnets().second();
    }
}
