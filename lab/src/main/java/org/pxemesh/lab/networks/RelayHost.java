package org.pxemesh.lab.networks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/** The router between the hall and the far network, with ISC's relay on it, and the far network's DHCP server. */
final class RelayHost {
    private static final int NEAR = 1;
    private static final int UP = 5;
    private static final int SERVER = 6;

    private RelayHost() {}

    /**
     * Starts both.
     *
     * @param peers to whom machines' questions go besides
     */
    static void start(Site site, List<String> peers) {
        Namespace server = site.host("dhcp-far");
        Net.HALL.plug(site, server, "eth0", SERVER);
        Namespace relay = site.host("relay");
        Net.FAR.plug(site, relay, "eth0", NEAR);
        Net.HALL.plug(site, relay, "up0", UP);
        relay.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        routeFrom(site, server, "eth0");
        site.start(
                        "dhcp-far",
                        server,
                        List.of(
                                "dnsmasq",
                                "--keep-in-foreground",
                                "--conf-file=/dev/null",
                                "--port=0",
                                "--user=root",
                                "--interface=eth0",
                                "--bind-interfaces",
                                "--no-ping",
                                "--dhcp-authoritative",
                                "--dhcp-range=" + Net.FAR.address(site, 0) + ",static,255.255.255.0,1h",
                                "--dhcp-host=" + Exams.macs(0x1400) + "," + Net.FAR.address(site, Net.ZOO),
                                "--dhcp-option=option:router," + near(site),
                                "--dhcp-leasefile=" + site.folder().resolve("leases-far"),
                                "--pid-file=" + site.folder().resolve("dhcp-far.pid"),
                                "--log-dhcp",
                                "--log-facility=-"),
                        Map.of())
                .awaitLog("started", Duration.ofSeconds(10));
        List<String> command =
                new ArrayList<>(List.of("dhcrelay", "-4", "-d", "--no-pid", "-a", "-id", "eth0", "-iu", "up0"));
        command.add(dhcpServer(site));
        command.addAll(peers);
        LabProcess process = site.start("dhcp-relay", relay, command, Map.of());
        process.awaitLog("Sending on   Socket/fallback", Duration.ofSeconds(10));
    }

    static Namespace namespace(Site site) {
        return new Namespace(site.lan().name().replaceAll("-lan$", "-relay"));
    }

    /** The relay's address in the far network: its {@code giaddr}. */
    static String near(Site site) {
        return Net.FAR.address(site, NEAR);
    }

    static String dhcpServer(Site site) {
        return Net.HALL.address(site, SERVER);
    }

    /** The way from a host in the hall to the far network. */
    static void routeFrom(Site site, Namespace host, String nic) {
        host.ip("route", "add", Net.FAR.cidr(site), "via", Net.HALL.address(site, UP), "dev", nic);
    }

    /** The way from the far network to the rest. */
    static void routeFrom(Site site, Namespace host) {
        host.ip("route", "add", "default", "via", near(site));
    }
}
