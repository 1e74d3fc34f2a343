package org.pxemesh.lab.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/**
 * A peer: an office PC that runs the agent.
 *
 * @param name of the host
 * @param address on the site's network, by DHCP
 */
public record Agent(String name, Namespace pc, String address, LabProcess process) {
    static final String SCRIPT = "services/peer-agent/pxemesh-agent";

    /**
     * Starts the agent on an office PC that is there.
     *
     * @param host {@code auto}, {@code linux} or {@code portable}
     * @param more settings, {@code -Dkey=value}
     */
    public static Agent startOnOfficePc(Site site, Hq hq, String name, Namespace pc, String host, List<String> more) {
        return new Agent(name, pc, site.addressOf(pc), launch(site, hq, name, pc, host, more));
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
        return again(site, hq, host, Map.of());
    }

    /** @param environment of its start, for example {@code PXEMESH_AOT_CACHE} */
    public Agent again(Site site, Hq hq, String host, Map<String, String> environment) {
        return new Agent(name, pc, site.addressOf(pc), launch(site, hq, name, pc, host, List.of(), environment));
    }

    /** What it tells of itself, as {@code pxemesh-agent status} shows it; a missing node while it does not answer. */
    public JsonNode status() {
        Shell.Result answer =
                Shell.attempt(pc.exec(List.of("curl", "-s", "-m", seconds(), "http://127.0.0.1:8068/status"))
                        .toArray(String[]::new));
        try {
            return answer.ok() && answer.output().startsWith("{")
                    ? Api.json().readTree(answer.output())
                    : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Whether it answers boot clients and has all of a package. */
    public boolean serves(String packageRef) {
        JsonNode status = status();
        for (JsonNode held : status.path("holdings")) {
            if (held.path("packageRef").asText().equals(packageRef)
                    && held.path("complete").asBoolean()) {
                return status.path("ready").asBoolean();
            }
        }
        return false;
    }

    private static LabProcess launch(Site site, Hq hq, String name, Namespace pc, String host, List<String> more) {
        return launch(site, hq, name, pc, host, more, Map.of());
    }

    private static LabProcess launch(
            Site site,
            Hq hq,
            String name,
            Namespace pc,
            String host,
            List<String> more,
            Map<String, String> environment) {
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
        return site.start(name, pc, command(properties), environment);
    }

    /**
     * The agent's command line: the product's own script, which knows the flags that keep it small, and its AOT cache.
     * The first one of a run makes the cache where none fits.
     */
    public static List<String> command(List<String> properties) {
        AotCache.prepare();
        List<String> command = new ArrayList<>(List.of("env", "PXEMESH_JAVA=" + Tree.java()));
        command.add(Tree.jar(SCRIPT).toString());
        command.addAll(properties);
        return command;
    }

    private static String seconds() {
        return String.valueOf(Until.patience(Duration.ofSeconds(3)).toSeconds());
    }
}
