package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.kit.FakeFiles;
import org.pxemesh.lab.kit.WindowsKits;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.replay.BcdReadBack;
import org.pxemesh.lab.replay.Replay;
import org.pxemesh.lab.replay.ReplayMachine;
import org.pxemesh.lab.replay.TraceStep;
import org.pxemesh.lab.replay.WindowsBranch;
import org.pxemesh.lab.run.Shell;

/** The rarer ways of booting a Windows PE: another processor, HTTP, an administrator's own store, ConfigMgr's image. */
final class WindowsCases {

    private static final int X64 = 7;
    private static final int ARM64 = 11;
    private static final int X64_HTTP = 16;
    private static final String ARM_MAC = "52:54:00:77:00:11";
    private static final String HTTP_MAC = "52:54:00:77:00:12";
    private static final String OWN_MAC = "52:54:00:77:00:13";
    private static final String MANAGED_MAC = "52:54:00:77:00:14";
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Office office;
    private final Path kits;
    private final byte[] store = FakeFiles.bcd("an administrator's store");

    WindowsCases(Office office, Path kits) {
        this.office = office;
        this.kits = kits;
    }

    /** Builds what they need, before the policy is enabled. */
    void build(WindowsBranch branch, ArrayNode packages) {
        Path file = kits.resolve("own.bcd");
        try {
            Files.createDirectories(kits);
            Files.write(file, store);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
        branch.build(
                "winpe-own",
                WindowsKits.adk().writeMedium(kits.resolve("own")),
                "tftp",
                Map.of("uefiBcd", file.toString()),
                packages);
        branch.build(
                "winpe-managed",
                WindowsKits.adk().writeConfigMgr(kits.resolve("managed")),
                "tftp",
                Map.of("acceptSecrets", "true"),
                packages);
        branch.deploy("arm-pc", ARM_MAC, "winpe-adk", "REQUIRED");
        branch.deploy("http-pc", HTTP_MAC, "winpe-adk", "REQUIRED");
        branch.deploy("own-pc", OWN_MAC, "winpe-own", "REQUIRED");
        branch.deploy("managed-pc", MANAGED_MAC, "winpe-managed", "REQUIRED");
    }

    void play(JsonNode adk, ArrayNode steps, ObjectNode figures) {
        arm64(adk, steps, figures);
        overHttp(adk, steps, figures);
        administratorsStore(figures);
        configMgr(figures);
    }

    private void arm64(JsonNode adk, ArrayNode steps, ObjectNode figures) {
        try (ReplayMachine machine = ReplayMachine.plugIn(office.site(), "armpc", ARM_MAC, ARM64, 246)) {
            JsonNode told = machine.bootServer(
                    machine.discover().path("offer").path("siaddr").asText());
            String nbp = told.path("file").asText();
            int before = steps.size();
            new Replay(
                            machine,
                            told.path("siaddr").asText(),
                            nbp,
                            PackageWindowsScenario.text(told.path("option252").asText()),
                            adk,
                            office.site().folder())
                    .play("win-efi-arm64", steps);
            String image = steps.get(steps.size() - 1).path("file").asText();
            if (!nbp.startsWith("windows/arm64/") || !image.equals("windows/arm64/boot.wim")) {
                throw new LabException("an ARM64 machine was told " + nbp + " and got " + image);
            }
            BcdReadBack bcd = BcdReadBack.of(office.site().folder().resolve("win-efi-arm64-6.bcd"));
            if (!bcd.loader().endsWith("winload.efi")) {
                throw new LabException("an ARM64 machine's store is " + bcd);
            }
            figures.putObject("arm64").put("program", nbp).put("image", image).put("requests", steps.size() - before);
        }
        office.timeline().say("An ARM64 machine gets its own programs and image");
    }

    /** After a DHCP exchange as HTTPClient; no port 4011, and an address without names. */
    private void overHttp(JsonNode adk, ArrayNode steps, ObjectNode figures) {
        try (ReplayMachine machine = ReplayMachine.plugIn(office.site(), "httppc", HTTP_MAC, X64_HTTP, 247)) {
            JsonNode dhcp = machine.discover();
            String address = dhcp.path("offer").path("file").asText();
            if (!address.matches("http://[0-9.]+:8069/boot/.*/bootmgfw\\.efi")) {
                throw new LabException("an HTTPClient was told '" + address + "': " + dhcp);
            }
            new Replay(
                            machine,
                            dhcp.path("offer").path("siaddr").asText(),
                            address,
                            "",
                            adk,
                            office.site().folder())
                    .play("win-efi-http", steps);
            office.timeline().await(HTTP_MAC, "BootDelivered", SOON);
            machine.windowsStarts("MININT-LAB0001", dhcp.path("dhcpServer").asText());
            JsonNode evidence = office.timeline()
                    .await(HTTP_MAC, "BootCompleted", SOON)
                    .data()
                    .path("evidence");
            figures.putObject("uefiHttpBoot").put("told", address).set("checkIn", evidence);
        }
        office.timeline().say("A Windows PE that came over UEFI HTTP Boot checked in by its request for an address");
    }

    /** From the import to the bytes that a machine gets; and HQ says so. */
    private void administratorsStore(ObjectNode figures) {
        Path served = office.site().folder().resolve("own-served.bcd");
        try (ReplayMachine machine = ReplayMachine.plugIn(office.site(), "ownpc", OWN_MAC, X64, 248)) {
            String server = machine.discover().path("offer").path("siaddr").asText();
            machine.request(server, get(), "\\Boot\\BCD", served);
            requireSame(served, store, "the administrator's store");
            figures.putObject("checkInByTftp")
                    .set(
                            "answer",
                            machine.request(server, get(), "\\Boot\\boot.wim", null)
                                    .path("outcome"));
            machine.request(server, get(), "pxemesh/checkin", null);
            JsonNode evidence = office.timeline()
                    .await(OWN_MAC, "BootCompleted", SOON)
                    .data()
                    .path("evidence");
            if (!evidence.path("userAgent").asText().equals("tftp")) {
                throw new LabException("the check-in by TFTP left the evidence " + evidence);
            }
        }
        JsonNode explained = office.hq().api().get("/api/v1/explain?mac=" + OWN_MAC + "&arch=x64-uefi");
        String bcd = explained.path("plan").path("windows").path("bcd").asText();
        String origin = "";
        for (JsonNode file : office.hq()
                .api()
                .get("/api/v1/packages/winpe-own/1/description")
                .path("files")) {
            if (file.path("path").asText().endsWith("administrator.bcd")) {
                origin = file.path("origin").asText();
            }
        }
        if (!bcd.equals("ADMINISTRATOR") || !origin.equals("the administrator")) {
            throw new LabException(
                    "explain says the store is " + bcd + ", the package that it is from '" + origin + "'");
        }
        figures.putObject("administratorsStore")
                .put("bytes", store.length)
                .put("explain", bcd)
                .put("origin", origin);
        office.timeline().say("An administrator's store is served as it is, and explained");
    }

    /** Q98b: the variables are inside of the image that a machine gets, where its Windows PE looks for them. */
    private void configMgr(ObjectNode figures) {
        Path image = office.site().folder().resolve("managed-served.wim");
        Path variables = office.site().folder().resolve("managed-variables");
        try (ReplayMachine machine = ReplayMachine.plugIn(office.site(), "managedpc", MANAGED_MAC, X64, 249)) {
            String server = machine.discover().path("offer").path("siaddr").asText();
            machine.request(server, get(), "\\Boot\\boot.wim", image);
        }
        Shell.run(
                "wimlib-imagex",
                "extract",
                image.toString(),
                "1",
                "/sms/data/variables.dat",
                "--no-acls",
                "--dest-dir=" + variables);
        requireSame(variables.resolve("variables.dat"), WindowsKits.VARIABLES, "the media's variables");
        figures.put("configMgrVariablesInTheServedImage", true);
        office.timeline().say("ConfigMgr's variables are inside of the image that a machine gets");
    }

    private static TraceStep get() {
        return new TraceStep("", "", "", "tsize=0,blksize=1456,windowsize=8", "GET", TraceStep.Expect.DATA, "");
    }

    private static void requireSame(Path file, byte[] wanted, String what) {
        try {
            if (!Arrays.equals(Files.readAllBytes(file), wanted)) {
                throw new LabException(file + " is not " + what);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(what + " did not arrive", e);
        }
    }
}
