package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.Timeline;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.DhcpServer;

/**
 * Real firmware where one peer of three is to hold the package. First while it is still arriving there over a slow line:
 * a BIOS and a UEFI machine boot from its part. Then the holder no longer hears what machines ask: the others, which hold
 * nothing, answer and point at it.
 */
final class StreamsScenario implements Scenario {

    private static final String PACKAGE = "debian-installer@12";
    private static final String ALL_COMPUTERS = "a11c0000-0000-4000-8000-000000000001";
    private static final String FIRST_LINE = "Linux version";

    /** 57 MB in about a minute: long enough for both machines, short enough for the three minutes that a stream may take. */
    private static final int MBIT = 8;

    /** By then the peer knows for some seconds how fast its content arrives, without which nobody may begin. */
    private static final double ENOUGH = 0.15;

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration VM = Duration.ofSeconds(180);

    /** What a peer has of the package. */
    private record Held(Agent agent, long bytes, long of, boolean complete) {}

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public String about() {
        return "real firmware boots what is still arriving at its peer, and by peers that hold nothing";
    }

    @Override
    public Office.Plan office() {
        return new Office.Plan(3, DhcpServer.DNSMASQ, "auto");
    }

    @Override
    public void play(Office office, ObjectNode figures) {
        office.importInstaller();
        Api api = office.hq().api();
        api.post("/api/v1/deployments", """
                {"name": "Debian", "packageRef": "%s", "unknownComputers": true, "kind": "REQUIRED",
                 "arguments": ["console=ttyS0", "DEBIAN_FRONTEND=text", "TERM=dumb"]}
                """.formatted(PACKAGE));
        JsonNode policy = api.post("/api/v1/policies", """
                {"name": "Offices", "collections": ["%s"], "unknownComputers": "BOOT",
                 "hold": {"kind": "DEPLOYED", "holdersPerSegment": 1}}
                """.formatted(ALL_COMPUTERS));
        office.site().holdWan(MBIT);
        api.post("/api/v1/policies/" + policy.path("id").asText() + "/enable", "");
        Agent holder = streams(office, figures.putObject("streamed"));
        points(office, holder, figures.putObject("pointed"));
    }

    /** Two machines boot from what is here of the package. */
    private static Agent streams(Office office, ObjectNode figures) {
        Held first = Until.found(
                "a peer to have some of the package",
                SOON,
                () -> held(office).stream()
                        .filter(held -> held.bytes > held.of * ENOUGH)
                        .findFirst());
        office.timeline().say(first.agent.name() + " has " + first.bytes + " of " + first.of + " bytes");
        List<Machine> machines = new ArrayList<>();
        ArrayNode clients = figures.put("packageBytes", first.of)
                .put("wanMbit", MBIT)
                .put("holder", first.agent.name())
                .putArray("clients");
        try {
            machines.add(office.switchOn("streams-uefi", Firmware.UEFI, "virtio-net-pci", Office.mac(1)));
            machines.add(office.switchOn("streams-bios", Firmware.BIOS, "virtio-net-pci", Office.mac(2)));
            for (Machine machine : machines) {
                Timeline.Entry offered = office.timeline().await(machine.mac(), "BootOffered", SOON);
                Held then = held(office, first.agent);
                if (then.complete) {
                    throw new LabException(first.agent.name() + " had all of " + PACKAGE + " when " + machine.mac()
                            + " was answered: this machine shows nothing");
                }
                clients.addObject()
                        .put("mac", machine.mac())
                        .put("offeredBy", sayer(office, offered).name())
                        .put("offeredSecond", round(offered.second()))
                        .put("bytesThen", then.bytes);
            }
            for (int n = 0; n < machines.size(); n++) {
                machines.get(n).awaitConsole(FIRST_LINE, VM);
                ((ObjectNode) clients.get(n))
                        .put("kernelSecond", round(office.timeline().seconds()));
            }
        } finally {
            machines.forEach(Machine::switchOff);
        }
        double completed = completed(office);
        figures.put("completedSecond", round(completed));
        long begun = first.agent
                .process()
                .logText()
                .lines()
                .filter(line -> line.contains("stream client=") && line.contains("begins=true"))
                .count();
        figures.put("filesBegunBeforeTheirEndWasHere", begun);
        for (JsonNode client : clients) {
            if (client.path("offeredSecond").asDouble() >= completed || begun == 0) {
                throw new LabException("the package was complete in second " + completed + ", and files begun before"
                        + " their end was here are " + begun + ": " + client);
            }
        }
        return first.agent;
    }

    private static double completed(Office office) {
        return Until.found(
                        "the package to be complete",
                        VM,
                        () -> office.timeline().since(0).stream()
                                .filter(e -> e.type().equals("ContentCompleted"))
                                .findFirst())
                .second();
    }

    /** Two machines are answered by peers that hold nothing, and served by the one that does not hear them. */
    private static void points(Office office, Agent holder, ObjectNode figures) {
        office.site().keepDhcpFrom(holder.name());
        office.timeline().say("The switch keeps from " + holder.name() + " what machines ask of DHCP servers");
        ArrayNode clients = figures.put("holder", holder.name()).putArray("clients");
        point(office, holder, "points-bios", Firmware.BIOS, Office.mac(3), clients.addObject());
        point(office, holder, "points-uefi", Firmware.UEFI, Office.mac(4), clients.addObject());
    }

    private static void point(
            Office office, Agent holder, String name, Firmware firmware, String mac, ObjectNode figures) {
        double began = office.timeline().seconds();
        Machine machine = office.switchOn(name, firmware, "virtio-net-pci", mac);
        try {
            Timeline.Entry offered = office.timeline().await(mac, "BootOffered", SOON);
            Agent pointer = sayer(office, offered);
            String server = offered.data().path("responder").asText();
            figures.put("mac", mac)
                    .put("firmware", firmware.name())
                    .put("offeredBy", pointer.name())
                    .put("bytesHeldThere", held(office, pointer).bytes)
                    .put("pointsAt", office.peerAt(server).name());
            if (pointer.equals(holder) || !server.equals(holder.address())) {
                throw new LabException(pointer.name() + " offered " + mac + " what " + server + " serves, and "
                        + holder.name() + " (" + holder.address() + ") alone holds it: " + figures);
            }
            machine.awaitConsole(FIRST_LINE, VM);
            figures.put("secondsToKernel", round(office.timeline().seconds() - began));
            Timeline.Entry delivered = office.timeline().await(mac, "BootDelivered", SOON);
            figures.put("deliveredBy", sayer(office, delivered).name());
        } finally {
            machine.switchOff();
        }
    }

    /** The peer that told of something. */
    private static Agent sayer(Office office, Timeline.Entry event) {
        return office.peerAt(
                office.addressOf(event.data().path("boot").path("peerId").asText()));
    }

    private static List<Held> held(Office office) {
        return office.agents().stream().map(agent -> held(office, agent)).toList();
    }

    /** What a peer says of itself. */
    private static Held held(Office office, Agent agent) {
        agent.process().requireAlive();
        Shell.Result answer = Shell.attempt(agent.pc()
                .exec(List.of("curl", "-s", "-m", "5", "http://127.0.0.1:8068/status"))
                .toArray(String[]::new));
        return parsed(answer)
                .flatMap(status -> {
                    for (JsonNode pkg : status.path("holdings")) {
                        if (pkg.path("packageRef").asText().equals(PACKAGE)) {
                            return Optional.of(new Held(
                                    agent,
                                    pkg.path("bytesHeld").asLong(),
                                    pkg.path("bytes").asLong(),
                                    pkg.path("complete").asBoolean()));
                        }
                    }
                    return Optional.empty();
                })
                .orElse(new Held(agent, 0, Long.MAX_VALUE, false));
    }

    private static Optional<JsonNode> parsed(Shell.Result answer) {
        try {
            return answer.ok() ? Optional.of(Api.json().readTree(answer.output())) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static double round(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
