package org.pxemesh.lab.hq;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.run.Shell;

/**
 * HQ's TCP ports, all told by the first.
 *
 * @param base the console's; 8080 unless {@code --port-base} says otherwise
 */
public record HqPorts(int base) {
    private static final Pattern OWNER = Pattern.compile("users:\\(\\(\"([^\"]+)\",pid=(\\d+)");
    private static final PortClaims CLAIMS = new PortClaims(Path.of(System.getProperty("java.io.tmpdir")));
    private static final int LAST = 65535 - 1014;

    public HqPorts {
        if (base < 1024 || base > LAST) {
            throw new LabException("--port-base " + base + " is not between 1024 and " + LAST);
        }
    }

    public int console() {
        return base;
    }

    public int policy() {
        return base + 1;
    }

    public int packages() {
        return base + 2;
    }

    public int kafka() {
        return base + 1012;
    }

    /** Kafka's second listener, for agents beyond the WAN link. */
    public int kafkaWan() {
        return base + 1014;
    }

    private Map<String, Integer> all() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("console", console());
        ports.put("policy-service", policy());
        ports.put("package-service", packages());
        ports.put("Kafka", kafka());
        ports.put("Kafka's WAN listener", kafkaWan());
        return ports;
    }

    /** The standard ports, or the next block of which all are free and that no other lab has in mind. */
    public static HqPorts free() {
        for (int base = 8080; base < 20_000; base += 100) {
            HqPorts ports = new HqPorts(base);
            if (ports.all().values().stream().allMatch(HqPorts::isFree) && CLAIMS.claim(base)) {
                return ports;
            }
        }
        throw new LabException("no block of free ports between 8080 and 20000 on this machine");
    }

    /** Fails with the first busy port and who has it. */
    public void requireFree() {
        all().forEach((what, port) -> {
            if (!isFree(port)) {
                throw new LabException("port " + port + " for the " + what + " is taken"
                        + owner(port).map(o -> " by " + o).orElse("") + ": stop that, or choose other ports with"
                        + " --port-base");
            }
        });
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static Optional<String> owner(int port) {
        Shell.Result sockets = Shell.attempt("ss", "-Hltnp", "sport = :" + port);
        Matcher matcher = OWNER.matcher(sockets.output());
        return matcher.find() ? Optional.of(matcher.group(1) + " (pid " + matcher.group(2) + ")") : Optional.empty();
    }
}
