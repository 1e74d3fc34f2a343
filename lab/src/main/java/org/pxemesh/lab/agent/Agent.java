package org.pxemesh.lab.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/**
 * A peer: an office PC that runs the agent.
 *
 * @param name of the host
 * @param address on the site's network, by DHCP
 */
public record Agent(String name, Namespace pc, String address, LabProcess process) {

    /**
     * Makes an office PC and starts the agent on it.
     *
     * @param host {@code auto}, {@code linux} or {@code portable}
     */
    public static Agent start(Site site, Hq hq, String name, String host) {
        Namespace pc = site.officePc(name);
        return new Agent(name, pc, site.addressOf(pc), launch(site, hq, name, pc, host));
    }

    /**
     * Starts the agent on a PC whose address is fixed; a second time with the state that it left.
     *
     * @param more settings, {@code -Dname=value} each
     */
    public static Agent startOn(Site site, Hq hq, String name, Namespace pc, String address, List<String> more) {
        return new Agent(name, pc, address, launch(site, hq, name, pc, "auto", more));
    }

    /** Starts the agent on the same PC once more, with the state that it left. */
    public Agent again(Site site, Hq hq, String host) {
        return new Agent(name, pc, site.addressOf(pc), launch(site, hq, name, pc, host));
    }

    private static LabProcess launch(Site site, Hq hq, String name, Namespace pc, String host) {
        return launch(site, hq, name, pc, host, List.of());
    }

    private static LabProcess launch(Site site, Hq hq, String name, Namespace pc, String host, List<String> more) {
        Path state = site.folder().resolve(name + "-state");
        List<String> properties = new ArrayList<>(List.of(
                "-Dpxemesh.hq.kafka=" + hq.kafkaForAgents(),
                "-Dpxemesh.trust.keys=" + hq.trustKeys(),
                "-Dpxemesh.state-dir=" + state,
                "-Dpxemesh.host=" + host,
                // A lab's disk may be nearly full, and all its PCs share it.
                "-Dpxemesh.content.reserve=256M",
                // All office PCs of a lab share this machine's host name.
                "-Dpxemesh.labels.extra=host=" + name));
        properties.addAll(more);
        return site.start(name, pc, command(properties), Map.of());
    }

    /** The agent's command line, with the flags that keep it small. */
    public static List<String> command(List<String> properties) {
        List<String> command = new ArrayList<>();
        command.add(Tree.java());
        command.add("@" + Tree.jar("services/peer-agent/jvm.flags"));
        command.addAll(properties);
        command.add("-jar");
        command.add(Tree.jar("services/peer-agent/target/quarkus-app/quarkus-run.jar")
                .toString());
        return command;
    }
}
