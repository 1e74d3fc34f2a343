package org.pxemesh.lab.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.hq.HqPorts;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.site.Namespace;

/**
 * A site's link to HQ: a veth pair between the root namespace and the site's router, held to one rate in both directions.
 * What leaves HQ is counted by port: content and Kafka each have a class of their own, which may use the whole rate.
 */
final class Wan {
    private static final int QUEUE_MILLIS = 250;

    private final String link;

    private Wan(String link) {
        this.link = link;
    }

    /** @param mbit rate in Mbit/s, at least 3 */
    static Wan make(String link, Namespace router, String hqAddress, String routerAddress, int mbit, Traces traces) {
        traces.link(link);
        Shell.run("ip", "link", "add", link, "type", "veth", "peer", "name", "wan0", "netns", router.name());
        Shell.run("ip", "address", "add", hqAddress + "/30", "dev", link);
        Shell.run("ip", "link", "set", link, "up");
        router.ip("address", "add", routerAddress + "/30", "dev", "wan0");
        router.ip("link", "set", "wan0", "up");
        router.ip("route", "add", "default", "via", hqAddress);
        router.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        router.run(
                "tc",
                "qdisc",
                "add",
                "dev",
                "wan0",
                "root",
                "tbf",
                "rate",
                mbit + "mbit",
                "burst",
                "64kb",
                "latency",
                QUEUE_MILLIS + "ms");
        return new Wan(link);
    }

    /** Holds what leaves HQ, once its ports are known. */
    void hold(int mbit, HqPorts ports) {
        tc("qdisc", "add", "dev", link, "root", "handle", "1:", "htb", "default", "30");
        tc("class", "add", "dev", link, "parent", "1:", "classid", "1:1", "htb", "rate", mbit + "mbit");
        int queue = mbit * 125 * QUEUE_MILLIS;
        for (String leaf : new String[] {"1:10", "1:20", "1:30"}) {
            tc(
                    "class",
                    "add",
                    "dev",
                    link,
                    "parent",
                    "1:1",
                    "classid",
                    leaf,
                    "htb",
                    "rate",
                    mbit / 3 + "mbit",
                    "ceil",
                    mbit + "mbit",
                    "burst",
                    "64kb",
                    "cburst",
                    "64kb");
            tc("qdisc", "add", "dev", link, "parent", leaf, "bfifo", "limit", Integer.toString(queue));
        }
        classify(ports.packages(), "1:10");
        classify(ports.kafkaWan(), "1:20");
    }

    private void classify(int port, String leaf) {
        tc(
                "filter",
                "add",
                "dev",
                link,
                "parent",
                "1:",
                "protocol",
                "ip",
                "u32",
                "match",
                "ip",
                "sport",
                Integer.toString(port),
                "0xffff",
                "flowid",
                leaf);
    }

    private static void tc(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "tc";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Shell.run(command);
    }

    /** Bytes of Ethernet frames that left HQ for the site's content requests. */
    long contentBytes() {
        return classBytes("1:10");
    }

    /** Bytes of Ethernet frames that left HQ's Kafka. */
    long kafkaBytes() {
        return classBytes("1:20");
    }

    private long classBytes(String leaf) {
        String text = Shell.run("tc", "-s", "class", "show", "dev", link);
        Matcher sent = Pattern.compile("class htb " + leaf + " .*\\s+Sent ([0-9]+) bytes")
                .matcher(text);
        if (!sent.find()) {
            throw new LabException("tc shows no class " + leaf + " on " + link + ": " + text);
        }
        return Long.parseLong(sent.group(1));
    }

    /** All bytes that left HQ on this link. */
    long bytesDown() {
        return counter("tx_bytes");
    }

    /** All bytes that came up on this link. */
    long bytesUp() {
        return counter("rx_bytes");
    }

    private long counter(String name) {
        Path file = Path.of("/sys/class/net", link, "statistics", name);
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new LabException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
