package org.pxemesh.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Site;

/**
 * The main job: an office whose machines boot their neighbours. Each client's responder is killed once the client is up,
 * so that the next client must be answered by another peer.
 */
public final class Demo {
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration BOOT = Duration.ofSeconds(240);
    private static final String ALL_COMPUTERS = "a11c0000-0000-4000-8000-000000000001";

    /** What the demo says at its end, as one line of JSON on stdout. */
    private final ObjectNode result = Api.json().createObjectNode();

    private final ArrayNode boots = result.putArray("boots");
    private final Hq hq;
    private final Site site;
    private final Api api;
    private final List<Agent> agents;
    private final Timeline timeline;

    public Demo(Hq hq, Site site, List<Agent> agents, Timeline timeline) {
        this.hq = hq;
        this.site = site;
        this.api = hq.api();
        this.agents = new ArrayList<>(agents);
        this.timeline = timeline;
    }

    public ObjectNode result() {
        return result;
    }

    /** What an administrator does in the console: a site, a package, a deployment, a policy, Enable. */
    public void enable(Path tree) {
        api.post("/api/v1/sites", """
                {"name": "Branch office", "kind": "BRANCH", "networks": ["%s"]}
                """.formatted(site.subnets().site()));
        timeline.say("Importing the netboot tree " + tree);
        JsonNode build = api.post("/api/v1/packages/imports", """
                {"name": "debian-installer", "version": "12", "kind": "auto", "source": {"directory": "%s"}}
                """.formatted(tree));
        Until.found("the package to be built (" + build + ")", READY, () -> {
            JsonNode found = api.get("/api/v1/packages");
            return found.toString().contains("debian-installer") ? Optional.of(found) : Optional.empty();
        });
        api.post("/api/v1/deployments", """
                {"name": "Debian for bare machines", "packageRef": "debian-installer@12", "unknownComputers": true,
                 "kind": "REQUIRED", "arguments": ["console=ttyS0", "locale=en_US", "keymap=us", "hostname=bare",
                 "domain=branch", "DEBIAN_FRONTEND=text", "TERM=dumb", "hw-detect/load_firmware=false"]}
                """);
        JsonNode policy = api.post("/api/v1/policies", """
                {"name": "Offices boot their neighbours", "collections": ["%s"], "unknownComputers": "BOOT"}
                """.formatted(ALL_COMPUTERS));
        timeline.say("Pressing Enable");
        api.post("/api/v1/policies/" + policy.path("id").asText() + "/enable", "");
        awaitHolders();
    }

    private void awaitHolders() {
        Until.isTrue("all " + agents.size() + " peers to hold the package", READY, () -> {
            agents.forEach(a -> a.process().requireAlive());
            JsonNode distribution = api.get("/api/v1/distribution");
            for (JsonNode pkg : distribution.isArray() ? distribution : distribution.path("items")) {
                if (pkg.path("holders").asInt() >= agents.size()) {
                    return true;
                }
            }
            return false;
        });
        timeline.say("All " + agents.size() + " peers hold the package");
    }

    /**
     * Switches a machine on and waits until its operating system has checked in and its console agrees.
     *
     * @return the peer that served it
     */
    public Agent boot(Firmware firmware, String nic, String mac) {
        String name = firmware.name().toLowerCase(Locale.ROOT);
        timeline.name(mac, name);
        timeline.say("Switching on the " + firmware + " machine " + mac);
        double began = timeline.seconds();
        Machine machine = Machine.switchOn(site, "client-" + name, firmware, nic, mac);
        timeline.await(mac, "org.pxemesh.boot.offered.v1", BOOT);
        Timeline.Entry completed = timeline.await(mac, "org.pxemesh.boot.completed.v1", BOOT);
        machine.awaitConsole("Linux version", Duration.ofSeconds(5));
        Agent responder = responderOf(mac);
        ObjectNode boot = boots.addObject();
        boot.put("client", name).put("mac", mac).put("responder", responder.address());
        boot.put("peer", responder.name());
        boot.put("seconds", rounded(completed.second() - began));
        ArrayNode stages = boot.putArray("stages");
        for (Timeline.Entry entry : timeline.ofClient(mac)) {
            ObjectNode stage = stages.addObject();
            stage.put("stage", entry.type()).put("second", rounded(entry.second() - began));
            if (entry.data().has("path")) {
                stage.put("path", entry.data().path("path").asText());
                stage.set("bytes", entry.data().path("bytes"));
                stage.set("seconds", entry.data().path("seconds"));
            }
        }
        machine.switchOff();
        return responder;
    }

    private Agent responderOf(String mac) {
        // The last offer counts: firmware and the iPXE that it loads ask one after the other.
        String address = timeline.ofClient(mac).stream()
                .filter(e -> e.type().equals("org.pxemesh.boot.offered.v1"))
                .map(e -> e.data().path("responder").asText())
                .reduce((first, second) -> second)
                .orElseThrow(() -> new LabException("nobody offered anything to " + mac));
        return agents.stream()
                .filter(a -> a.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new LabException("the responder " + address + " of " + mac + " is none of ours that"
                        + " live: " + agents.stream().map(Agent::address).toList()));
    }

    /** A power cut in the middle of the office. */
    public void kill(Agent agent) {
        timeline.say("SIGKILL to " + agent.name() + " (" + agent.address() + "), the responder of the last boot");
        agent.process().kill();
        agents.remove(agent);
    }

    /** Completes the result. */
    public ObjectNode finish() {
        result.put("ok", true);
        result.put("console", hq.console().toString());
        return result;
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
