package org.pxemesh.lab.site;

import java.util.ArrayList;
import java.util.List;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Traces;

/**
 * A host or a switch of the lab.
 *
 * @param name in {@code ip netns}
 */
public record Namespace(String name) {

    /** Makes a namespace with its loopback up. */
    public static Namespace make(String name, Traces traces) {
        traces.namespace(name);
        Shell.run("ip", "netns", "add", name);
        Namespace made = new Namespace(name);
        made.ip("link", "set", "lo", "up");
        return made;
    }

    /** Makes a switch inside of it that forwards from the first packet on. */
    public void addSwitch(String bridge) {
        ip("link", "add", bridge, "type", "bridge", "mcast_snooping", "0", "forward_delay", "0");
        // Where br_netfilter is loaded, bridges pass each packet to iptables. A switch has none, and it costs a tenth
        // of a send.
        run(
                "sysctl",
                "-q",
                "-e",
                "-w",
                "net.bridge.bridge-nf-call-iptables=0",
                "net.bridge.bridge-nf-call-ip6tables=0");
        ip("link", "set", bridge, "up");
    }

    /** {@code ip} inside of it. */
    public String ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        return Shell.run(command.toArray(String[]::new));
    }

    /** A command line that runs inside of it. */
    public List<String> exec(List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(command);
        return all;
    }

    /** Runs a short command inside of it. */
    public String run(String... command) {
        return Shell.run(exec(List.of(command)).toArray(String[]::new));
    }
}
