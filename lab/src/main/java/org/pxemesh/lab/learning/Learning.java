package org.pxemesh.lab.learning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.hq.HqPorts;
import org.pxemesh.lab.office.Timeline;
import org.pxemesh.lab.run.AtOnce;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.run.Until;

/**
 * Three branches find out which reply form a firmware takes; the fourth knows it from HQ. Then that one is cut off, killed
 * and contradicted; meanwhile another firmware, on which the three agree too, is pinned and reverted at the first, and at the
 * second a server is plugged in that is in the way of boot clients.
 */
final class Learning {
    private static final String ALL_COMPUTERS = "a11c0000-0000-4000-8000-000000000001";
    private static final String REF = "tool@1";
    private static final Path PROGRAM = Path.of("/usr/lib/ipxe/snponly.efi");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SITES = 4;

    /** Another value for x64 (facts Q7), and so another firmware. */
    private static final int OTHER_FIRMWARE = 9;

    /** The second site looks often at its segment. */
    private static final List<String> WATCHFUL = List.of("-Dpxemesh.watch.first=PT1S", "-Dpxemesh.watch.every=PT5S");

    private final List<LearningSite> sites = new ArrayList<>();
    private final Timeline timeline;
    private final Hq hq;
    private final Api api;
    private final ObjectNode result;

    private Learning(String runId, Path folder, Traces traces, Timeline timeline, ObjectNode result) {
        this.timeline = timeline;
        this.result = result;
        for (int n = 1; n <= SITES; n++) {
            sites.add(LearningSite.make(runId, n, folder, traces));
        }
        Path kits = folder.resolve("kits");
        try {
            Files.createDirectories(kits);
            Files.copy(PROGRAM, kits.resolve("snponly.efi"));
        } catch (IOException e) {
            throw new LabException(PROGRAM + " cannot be copied: " + e + "; Debian's package ipxe brings it", e);
        }
        timeline.say("Starting HQ behind " + SITES + " WAN links");
        hq = Hq.start(
                new Hq.Settings(
                        HqPorts.free(),
                        folder.resolve("hq"),
                        folder,
                        sites.getFirst().subnets().hq(),
                        List.of(kits),
                        Map.of()),
                traces);
        api = hq.api();
        timeline.follow(hq.console());
        enable(kits);
    }

    /** A {@link LabException} says what did not hold. */
    static void play(String runId, Path folder, Traces traces, Timeline timeline, ObjectNode result) {
        Learning learning = new Learning(runId, folder, traces, timeline, result);
        learning.startSites();
        learning.threeSitesTeachTheFourth();
        AtOnce.run(
                () -> {
                    learning.cutOffAndRestarted();
                    learning.contradicted();
                },
                () -> {
                    String other = learning.threeSitesAgreeOnAnother();
                    AtOnce.run(() -> learning.pinnedAndReverted(other), learning::watched);
                });
    }

    private void enable(Path kits) {
        JsonNode build = api.post("/api/v1/packages/imports", """
                {"name": "tool", "version": "1", "kind": "efi-application", "source": {"directory": "%s"}}
                """.formatted(kits));
        Until.isTrue(
                "the package to be built (" + build + ")",
                SOON,
                () -> api.get("/api/v1/packages").toString().contains("\"tool\""));
        api.post("/api/v1/deployments", """
                {"name": "Tool", "packageRef": "%s", "unknownComputers": true, "kind": "REQUIRED"}
                """.formatted(REF));
        JsonNode policy = api.post("/api/v1/policies", """
                {"name": "Offices boot their neighbours", "collections": ["%s"], "unknownComputers": "BOOT"}
                """.formatted(ALL_COMPUTERS));
        api.post("/api/v1/policies/" + policy.path("id").asText() + "/enable", "");
    }

    private void startSites() {
        for (LearningSite site : sites) {
            api.post("/api/v1/sites", """
                    {"name": "%s", "kind": "BRANCH", "networks": ["%s"]}
                    """.formatted(site.name(), site.subnets().site()));
            site.start(hq, site == watchful() ? WATCHFUL : List.of());
            site.plugIn();
        }
        sites.forEach(site -> site.awaitServing(REF));
        timeline.say("All " + SITES + " branches serve");
    }

    private LearningSite watchful() {
        return sites.get(1);
    }

    private void threeSitesTeachTheFourth() {
        note("learned", learnedByThree("learning", LearningSite.X64));
        timeline.say("Three branches found out that the firmware takes pxe10 alone");
        LearningSite fourth = sites.getLast();
        fourth.awaitStatus(fourth.name() + " to hear of it", status -> firmware(status, "learned") == 1);
        require("taught", fourth.boot("pxe10"), List.of("pxe10"));
        timeline.say("The fourth branch answered with it at the first attempt");
    }

    private void cutOffAndRestarted() {
        LearningSite fourth = sites.getLast();
        fourth.connect(false);
        fourth.kill();
        fourth.start(hq, List.of());
        fourth.awaitServing(REF);
        require("restarted", fourth.boot("pxe10"), List.of("pxe10"));
        fourth.connect(true);
        timeline.say("It still knew after a restart without HQ");
    }

    /**
     * The firmware of the fourth site's machines is another one by now. What a site has seen itself is believed for three
     * attempts; then it learns anew, whatever HQ says.
     */
    private void contradicted() {
        LearningSite fourth = sites.getLast();
        require("contradicted", fourth.boot("binl"), List.of("pxe10", "binl"));
        require("itsOwnEvidence", fourth.boot("binl"), List.of("binl"));
        timeline.say("Its own evidence overrides what HQ says");
    }

    /** The first three, each by itself; what HQ then says. */
    private JsonNode learnedByThree(String stage, int architecture) {
        AtOnce.all(sites.subList(0, 3).stream()
                        .<Supplier<LearningSite.Boot>>map(site -> () -> site.boot("pxe10", architecture))
                        .toList())
                .forEach(boot -> require(stage, boot, List.of("binl", "pxe10")));
        String claimed = "%04x".formatted(architecture);
        return Until.found("HQ to tell what three sites agree on", SOON, () -> {
            for (JsonNode firmware : api.get("/api/v1/firmware")) {
                boolean same = firmware.path("description")
                        .path("architectures")
                        .asText()
                        .equals(claimed);
                if (same && firmware.path("form").asText().equals("pxe10")) {
                    return Optional.of(firmware);
                }
            }
            return Optional.<JsonNode>empty();
        });
    }

    /** What is pinned must be no matter for the fourth site, which is busy with the first firmware meanwhile. */
    private String threeSitesAgreeOnAnother() {
        return learnedByThree("another", OTHER_FIRMWARE).path("fingerprint").asText();
    }

    /** The first site has seen the other firmware take pxe10 and nothing else, and so says HQ. */
    private void pinnedAndReverted(String firmware) {
        LearningSite first = sites.getFirst();
        api.post("/api/v1/firmware/" + firmware + "/pin", "{\"form\": \"binl\"}");
        first.awaitStatus(first.name() + " to hear of the pin", status -> firmware(status, "pinned") == 1);
        LearningSite.Boot pinned = first.boot("pxe10", OTHER_FIRMWARE);
        note("pinned", pinned.told());
        if (!pinned.forms().equals(List.of("binl"))) {
            throw new LabException("it should have tried nothing but the pin: " + pinned.told());
        }
        JsonNode reverted = api.post("/api/v1/firmware/" + firmware + "/revert", "");
        first.awaitStatus(first.name() + " to hear of the revert", status -> firmware(status, "reverted") == 1);
        require("reverted", first.boot("pxe10", OTHER_FIRMWARE), List.of("binl", "pxe10"));
        Until.isTrue("HQ to hear anew what " + first.name() + " sees", SOON, () -> saidAfter(firmware, reverted));
        timeline.say("A pin held against the site's own evidence, and a revert made it begin anew");
    }

    private boolean saidAfter(String firmware, JsonNode reverted) {
        Instant since = Instant.parse(reverted.path("since").asText());
        for (JsonNode word : api.get("/api/v1/firmware/" + firmware).path("says")) {
            if (word.path("site").asText().equals(sites.getFirst().name())) {
                return Instant.parse(word.path("at").asText()).isAfter(since);
            }
        }
        return false;
    }

    private static int firmware(JsonNode status, String state) {
        return status.path("snapshot").path("firmware").path(state).asInt();
    }

    private void watched() {
        LearningSite site = watchful();
        LabProcess server = site.plugInClaimingServer();
        double plugged = timeline.seconds();
        JsonNode finding = Until.found("HQ to show the DHCP server that claims to be a boot server", SOON, () -> {
            for (JsonNode found : api.get("/api/v1/findings")) {
                if (found.path("code").asText().equals("dhcp-claims-pxe")) {
                    return Optional.of(found);
                }
            }
            return Optional.<JsonNode>empty();
        });
        note("finding", finding);
        note("findingSeconds", DoubleNode.valueOf(Math.round(10 * (timeline.seconds() - plugged)) / 10.0));
        if (!finding.path("siteName").asText().equals(site.name())
                || !finding.path("server").asText().equals(site.subnets().fixed(7))) {
            throw new LabException("the finding names another place: " + finding);
        }
        site.awaitStatus(
                "the agent's own page to show it",
                status -> status.path("segments")
                        .path(0)
                        .path("findings")
                        .toString()
                        .contains("dhcp-claims-pxe"));
        server.stop();
        Until.isTrue(
                "HQ to forget the server that is gone",
                SOON,
                () -> api.get("/api/v1/findings").isEmpty());
        timeline.say("HQ showed a DHCP server that was in the way, and forgot it when it was gone");
    }

    /** Parts that are played at once write into one result. */
    private synchronized void note(String name, JsonNode what) {
        result.set(name, what);
    }

    private void require(String stage, LearningSite.Boot boot, List<String> forms) {
        note(stage, boot.told());
        if (!boot.outcome().equals("BOOTED") || !boot.forms().equals(forms)) {
            throw new LabException(stage + ": it should have booted by " + forms + ": " + boot.told());
        }
    }
}
