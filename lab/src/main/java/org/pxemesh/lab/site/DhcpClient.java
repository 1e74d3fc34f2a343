package org.pxemesh.lab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.lab.run.Until;

/** An office PC's DHCP client (BusyBox udhcpc), which holds port 68 as long as the PC runs. */
final class DhcpClient {
    private static final Pattern ADDRESS = Pattern.compile("inet ([0-9.]+)/");
    private static final String SCRIPT = """
            #!/bin/sh
            case $1 in
              bound | renew)
                ip address replace "$ip/$mask" dev "$interface"
                [ -n "$router" ] && ip route replace default via "$router" dev "$interface"
                ;;
              deconfig)
                ip -4 address flush dev "$interface"
                ip route replace 224.0.0.0/4 dev "$interface"
                ;;
            esac
            exit 0
            """;

    private DhcpClient() {}

    static void start(Namespace pc, String host, Site site) {
        Path script = site.folder().resolve("udhcpc.script");
        try {
            Files.createDirectories(site.folder());
            Files.writeString(script, SCRIPT);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException("the DHCP client's script cannot be written", e);
        }
        site.start(
                host + "-dhcp-client",
                pc,
                List.of(
                        "busybox",
                        "udhcpc",
                        "-f",
                        "-i",
                        "eth0",
                        "-s",
                        script.toString(),
                        "-x",
                        "hostname:" + host,
                        "-t",
                        "10",
                        "-T",
                        "1"),
                Map.of());
        Until.found("a lease for " + host, Duration.ofSeconds(20), () -> address(pc));
    }

    static Optional<String> address(Namespace pc) {
        Matcher matcher = ADDRESS.matcher(pc.ip("-4", "address", "show", "dev", "eth0"));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
