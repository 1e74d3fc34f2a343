package org.pxemesh.lab.firmware;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

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
    /** ISC's relay, as many routers have it. */
    ISC("isc-dhcp-relay") {
        @Override
        LabProcess relay(Namespace relay, Site site) {
            LabProcess process = site.start(
                    "dhcp-relay",
                    relay,
                    List.of(
                            "dhcrelay",
                            "-4",
                            "-d",
                            "--no-pid",
                            "-id",
                            "eth0",
                            "-iu",
                            "up0",
                            SERVER.formatted(second(site))),
                    Map.of());
            process.awaitLog("Sending on   Socket/fallback", Duration.ofSeconds(10));
            return process;
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
                            "--dhcp-relay=" + site.subnets().fixed(3) + "," + SERVER.formatted(second(site)),
                            "--pid-file=" + site.folder().resolve("dhcp-relay.pid"),
                            "--log-facility=-"),
                    Map.of());
            process.awaitLog("DHCP relay from", Duration.ofSeconds(10));
            return process;
        }
    };

    private static final String SERVER = "10.%d.2.2";
    private static final String UPSTREAM = "10.%d.2.1";

    private final String label;

    Relay(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    abstract LabProcess relay(Namespace relay, Site site);

    /** A host with a leg in each network; the DHCP server is alone in the other. */
    void start(Site site, DhcpServer server) {
        Namespace relay = site.plug("relay", "eth0");
        relay.ip("address", "add", site.subnets().fixed(3) + "/24", "dev", "eth0");
        relay.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        Namespace far = site.host("dhcp");
        far.ip("link", "add", "eth0", "type", "veth", "peer", "name", "up0", "netns", relay.name());
        relay.ip("address", "add", UPSTREAM.formatted(second(site)) + "/24", "dev", "up0");
        relay.ip("link", "set", "up0", "up");
        far.ip("address", "add", SERVER.formatted(second(site)) + "/24", "dev", "eth0");
        far.ip("link", "set", "eth0", "up");
        far.ip("route", "add", "default", "via", UPSTREAM.formatted(second(site)));
        server.startOn(far, site);
        relay(relay, site);
    }

    private static int second(Site site) {
        return site.subnets().second();
    }
}
