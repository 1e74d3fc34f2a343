package org.pxemesh.lab.firmware;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.client.SilentBootServer;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/** What else is in a row's segment. */
enum Beside {
    NOTHING("", List.of()),
    /** A foreign boot server that offers by option 60 alone, and never answers at port 4011. */
    DEAD_BOOT_SERVER("dead-boot-server", Settings.LOOK_AT_ONCE),
    /** The same, whose offers are always there before the peer's. */
    DEAD_BOOT_SERVER_FIRST(
            "dead-boot-server",
            Stream.concat(Settings.LOOK_AT_ONCE.stream(), Stream.of("-Dpxemesh.dhcp.delay=PT0.3S"))
                    .toList());

    private static final class Settings {
        private static final List<String> LOOK_AT_ONCE =
                List.of("-Dpxemesh.watch.first=PT2S", "-Dpxemesh.watch.every=PT15S");
    }

    private final String finding;

    private final List<String> settings;

    Beside(String finding, List<String> settings) {
        this.finding = finding;
        this.settings = settings;
    }

    /** Puts it there. */
    void plugIn(Site site) {
        if (this != NOTHING) {
            plugInSilentServer(site);
        }
    }

    /** The peer's settings. */
    List<String> settings() {
        return settings;
    }

    /** What a peer must say of it before the machine is switched on; empty for nothing. */
    String finding() {
        return finding;
    }

    private static void plugInSilentServer(Site site) {
        Namespace host = site.plug("foreign", "eth0");
        String address = site.subnets().fixed(7);
        host.ip("address", "add", address + "/24", "brd", "+", "dev", "eth0");
        host.ip("route", "add", "255.255.255.255", "dev", "eth0");
        LabProcess process = site.start(
                "foreign",
                host,
                List.of(
                        Tree.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SilentBootServer.class.getName(),
                        address),
                Map.of());
        process.awaitLog("ready", Duration.ofSeconds(20));
    }
}
