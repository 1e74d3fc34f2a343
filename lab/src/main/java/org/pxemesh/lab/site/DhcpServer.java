package org.pxemesh.lab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.run.LabProcess;

/** The site's own DHCP server: a real one, without a single PXE option. */
public enum DhcpServer {
    /** Writes itself into siaddr of every reply. */
    DNSMASQ {
        @Override
        LabProcess start(Namespace host, Site site, boolean sendsToPeer) {
            Subnets subnets = site.subnets();
            List<String> command = new ArrayList<>(List.of(
                    "dnsmasq",
                    "--keep-in-foreground",
                    "--conf-file=/dev/null",
                    "--no-hosts",
                    "--no-resolv",
                    "--port=0",
                    "--user=root",
                    "--interface=eth0",
                    "--bind-interfaces",
                    "--no-ping",
                    "--dhcp-authoritative",
                    "--dhcp-range=" + subnets.leasesFrom() + "," + subnets.leasesTo() + ",255.255.255.0,1h",
                    "--dhcp-option=option:router," + subnets.routerLan(),
                    "--dhcp-option=option:dns-server," + subnets.routerLan(),
                    "--dhcp-leasefile=" + site.folder().resolve("leases"),
                    "--pid-file=" + site.folder().resolve("dhcp-server.pid"),
                    "--log-dhcp",
                    "--log-facility=-"));
            if (sendsToPeer) {
                command.add("--dhcp-vendorclass=set:pxe,PXEClient");
                command.add("--dhcp-option-force=tag:pxe,60,PXEClient");
            }
            LabProcess server = site.start("dhcp-server", host, command, Map.of());
            server.awaitLog("DHCP, IP range", Duration.ofSeconds(10));
            return server;
        }
    },
    /** ISC Kea: leaves siaddr empty. */
    KEA {
        @Override
        LabProcess start(Namespace host, Site site, boolean sendsToPeer) {
            Subnets subnets = site.subnets();
            Path configuration = site.folder().resolve("kea.json");
            try {
                Files.writeString(configuration, """
                        {"Dhcp4": {
                          "interfaces-config": {"interfaces": ["eth0"], "dhcp-socket-type": "raw"},
                          "lease-database": {"type": "memfile", "persist": false},
                          "valid-lifetime": 3600,
                          %s
                          "subnet4": [{
                            "id": 1, "subnet": "%s", "interface": "eth0",
                            "pools": [{"pool": "%s - %s"}],
                            "option-data": [{"name": "routers", "data": "%s"}]
                          }],
                          "loggers": [{"name": "kea-dhcp4", "severity": "INFO",
                                       "output_options": [{"output": "stdout", "flush": true}]}]
                        }}
                        """.formatted(
                                sendsToPeer ? KEA_PXE : "",
                                subnets.site(),
                                subnets.leasesFrom(),
                                subnets.leasesTo(),
                                subnets.routerLan()));
            } catch (IOException e) {
                throw new UncheckedIOException("Kea's configuration cannot be written", e);
            }
            LabProcess server = site.start(
                    "dhcp-server",
                    host,
                    List.of("kea-dhcp4", "-c", configuration.toString()),
                    Map.of(
                            "KEA_LOCKFILE_DIR",
                            "none",
                            "KEA_PIDFILE_DIR",
                            site.folder().toString()));
            server.awaitLog("DHCP4_STARTED", Duration.ofSeconds(15));
            return server;
        }
    };

    private static final String KEA_PXE = """
            "client-classes": [
              {"name": "pxe", "test": "substring(option[60].hex, 0, 9) == 'PXEClient'",
               "option-data": [{"name": "vendor-class-identifier", "data": "PXEClient", "always-send": true}]}],""";

    /** @param sendsToPeer whether PXE clients are told, by option 60, to ask this host's port 4011 */
    abstract LabProcess start(Namespace host, Site site, boolean sendsToPeer);

    /** Starts it on a host of its own. */
    public LabProcess startIn(Site site) {
        Namespace host = site.plug("dhcp", "eth0");
        host.ip("address", "add", site.subnets().dhcpServer() + "/24", "dev", "eth0");
        return start(host, site, false);
    }

    /** Starts it on a host that has an {@code eth0} with an address, for clients that a relay speaks for. */
    public LabProcess startOn(Namespace host, Site site) {
        return start(host, site, false);
    }

    /** Starts it on a peer's host, and has it send PXE clients to that host's port 4011. */
    public LabProcess startBesidePeer(Namespace host, Site site) {
        return start(host, site, true);
    }
}
