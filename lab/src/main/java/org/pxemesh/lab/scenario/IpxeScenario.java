package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.DhcpServer;

/**
 * What peers tell real iPXE to do when it cannot boot at once: wait for content that nobody holds yet, ask the person in
 * front of it, hear from HQ meanwhile, go on at the next peer when one dies under it, and check in at a peer that has been
 * started anew since.
 */
final class IpxeScenario implements Scenario {

    private static final String PACKAGE = "debian-installer@12";
    private static final String ALL_COMPUTERS = "a11c0000-0000-4000-8000-000000000001";
    private static final Duration VM = Duration.ofSeconds(120);
    private static final Duration SYSTEM = Duration.ofSeconds(240);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern QUESTION = Pattern.compile("Press p to boot");
    private static final Pattern KERNEL = Pattern.compile("http://([0-9.]+):8069/boot/[0-9a-f.-]+/debian-installer");

    @Override
    public String name() {
        return "ipxe";
    }

    @Override
    public String about() {
        return "real iPXE waits for content, asks a person, polls, and goes on at the next peer when one dies";
    }

    @Override
    public Office.Plan office() {
        return new Office.Plan(3, DhcpServer.DNSMASQ, "auto");
    }

    @Override
    public void play(Office office, ObjectNode figures) {
        Api api = office.hq().api();
        office.importInstaller();
        String deployment = id(api.post("/api/v1/deployments", """
                {"name": "Debian", "packageRef": "%s", "unknownComputers": true, "kind": "REQUIRED",
                 "arguments": ["console=ttyS0", "DEBIAN_FRONTEND=text", "TERM=dumb", "hw-detect/load_firmware=false"]}
                """.formatted(PACKAGE)));
        String policy = id(api.post("/api/v1/policies", """
                {"name": "Offices", "collections": ["%s"], "unknownComputers": "BOOT", "hold": {"kind": "NOTHING"},
                 "promptSeconds": 120}
                """.formatted(ALL_COMPUTERS)));
        api.post("/api/v1/policies/" + policy + "/enable", "");
        waits(office, api, policy, figures.putObject("waited"));
        office.awaitHolders();
        change(api, "/api/v1/deployments/" + deployment, "kind", "AVAILABLE");
        asks(office, api, deployment, figures.putObject("asked"));
    }

    private static String id(JsonNode made) {
        return made.path("id").asText();
    }

    /** Nobody holds the package, and the machine waits; then the policy has the peers hold it. */
    private static void waits(Office office, Api api, String policy, ObjectNode figures) {
        Machine machine = office.switchOn("waits", Firmware.BIOS, "virtio-net-pci", Office.mac(1));
        try {
            machine.awaitConsole("Press l to start from the disk instead", VM);
            double began = office.timeline().seconds();
            office.timeline().say("The machine waits; now the peers are told to hold the package");
            ObjectNode body = (ObjectNode) api.get("/api/v1/policies/" + policy);
            body.putObject("hold").put("kind", "DEPLOYED");
            api.put(
                    "/api/v1/policies/" + policy,
                    body.toString(),
                    body.path("revision").asText());
            office.timeline().await(machine.mac(), "BootDelivered", VM);
            figures.put("secondsFromHoldingToDelivery", round(office.timeline().seconds() - began));
            office.timeline().await(machine.mac(), "BootCompleted", SYSTEM);
        } finally {
            machine.switchOff();
        }
    }

    /** The responder dies while a person is asked, the next peer while it sends the files; HQ says go in between. */
    private static void asks(Office office, Api api, String deployment, ObjectNode figures) {
        Machine machine = office.switchOn("asks", Firmware.UEFI, "virtio-net-pci", Office.mac(2));
        try {
            machine.awaitConsole("Press p to boot " + PACKAGE, VM);
            Agent first = responder(office, machine.mac());
            office.kill(first);
            office.timeline().say("Its script must come from the next peer now");
            askedAgain(machine);
            change(api, "/api/v1/deployments/" + deployment, "kind", "REQUIRED");
            Agent second = office.peerAt(kernelsSource(machine));
            office.kill(second);
            office.timeline().await(machine.mac(), "BootDelivered", VM);
            JsonNode delivered = office.timeline()
                    .await(machine.mac(), "BootDelivered", SOON)
                    .data();
            Agent third = office.peerAt(
                    office.addressOf(delivered.path("boot").path("peerId").asText()));
            figures.put("responder", first.name())
                    .put("killedWhileAsking", first.name())
                    .put("killedWhileServing", second.name())
                    .put("delivered", third.name());
            office.restart(second);
            JsonNode completed = office.timeline()
                    .await(machine.mac(), "BootCompleted", SYSTEM)
                    .data();
            String told = office.addressOf(completed.path("boot").path("peerId").asText());
            if (!told.equals(second.address())) {
                throw new LabException("the check-in came from " + told + " and not from " + second.address()
                        + ", which had been started anew");
            }
            figures.put("checkedInAt", second.name() + ", started anew since");
        } finally {
            machine.switchOff();
        }
    }

    private static Agent responder(Office office, String mac) {
        return office.peerAt(office.timeline()
                .await(mac, "BootOffered", SOON)
                .data()
                .path("responder")
                .asText());
    }

    /** A peer that lives has answered with the rest of the question. */
    private static void askedAgain(Machine machine) {
        Until.isTrue(
                "the question to be asked again",
                VM,
                () -> QUESTION.splitAsStream(console(machine)).count() > 2);
    }

    /** From whom the kernel is being fetched, as iPXE shows it. */
    private static String kernelsSource(Machine machine) {
        return Until.found("the kernel to be fetched", VM, () -> {
            Matcher kernel = KERNEL.matcher(console(machine));
            return kernel.find() ? Optional.of(kernel.group(1)) : Optional.empty();
        });
    }

    /** Its console in one line, without the terminal's commands. */
    private static String console(Machine machine) {
        return machine.console().replaceAll("\u001b\\[[0-9;=?]*[A-Za-z]", "").replaceAll("[\r\n]", "");
    }

    private static void change(Api api, String path, String field, String value) {
        ObjectNode body = (ObjectNode) api.get(path);
        api.put(path, body.put(field, value).toString(), body.path("revision").asText());
    }

    private static double round(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
