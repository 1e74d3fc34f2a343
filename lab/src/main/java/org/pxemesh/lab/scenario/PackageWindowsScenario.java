package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.kit.WindowsKits;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.replay.BcdReadBack;
import org.pxemesh.lab.replay.Replay;
import org.pxemesh.lab.replay.ReplayMachine;
import org.pxemesh.lab.replay.TraceStep;
import org.pxemesh.lab.replay.WimbootReplay;
import org.pxemesh.lab.replay.WindowsBranch;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.DhcpServer;

/**
 * Windows PE from kit to client: trees in the layouts of WAIK and ADK become packages, and the requests of Windows' boot
 * programs, as public logs show them, are replayed against the peers after a real DHCP exchange.
 */
final class PackageWindowsScenario implements Scenario {

    private static final int BIOS = 0;
    private static final int X64 = 7;
    private static final String BIOS_MAC = "52:54:00:77:00:01";
    private static final String UEFI_MAC = "52:54:00:77:00:02";
    private static final String LOCAL_MAC = "52:54:00:77:00:03";
    private static final String BIOS_HTTP_MAC = "52:54:00:77:00:04";
    private static final String UEFI_HTTP_MAC = "52:54:00:77:00:05";
    private static final Duration VM = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(15);

    private final int imageBytes;

    /** With images of more than 65535 blocks, so that TFTP's block number goes round. */
    PackageWindowsScenario() {
        this(36 << 20);
    }

    /** @param imageBytes least size of the boot images */
    PackageWindowsScenario(int imageBytes) {
        this.imageBytes = imageBytes;
    }

    @Override
    public String name() {
        return "package-windows";
    }

    @Override
    public String about() {
        return "WAIK and ADK become packages; traces of Windows' boot programs replayed against the peers";
    }

    @Override
    public Office.Plan office() {
        return new Office.Plan(2, DhcpServer.DNSMASQ, "auto");
    }

    @Override
    public void play(Office office, ObjectNode figures) {
        Path kits = office.site().folder().resolve(Office.KITS);
        WindowsBranch branch = WindowsBranch.in(office);
        ArrayNode packages = figures.putArray("packages");
        JsonNode waik = branch.build(
                "winpe-waik", WindowsKits.waik().imageBytes(imageBytes).writeWaik(kits), "auto", packages);
        JsonNode adk = branch.build(
                "winpe-adk", WindowsKits.adk().imageBytes(imageBytes).writeAdk(kits), "auto", packages);
        JsonNode medium = branch.build("winpe-http", mediumWithWimboot(kits), "wimboot", packages);
        branch.deploy("bios-pc", BIOS_MAC, "winpe-waik", "REQUIRED");
        branch.deploy("uefi-pc", UEFI_MAC, "winpe-adk", "REQUIRED");
        branch.deploy("local-pc", LOCAL_MAC, "winpe-waik", "LOCAL");
        branch.deploy("bios-http", BIOS_HTTP_MAC, "winpe-http", "REQUIRED");
        branch.deploy("uefi-http", UEFI_HTTP_MAC, "winpe-http", "AVAILABLE");
        branch.deploy("bios-vm", Office.mac(1), "winpe-http", "REQUIRED");
        branch.deploy("uefi-vm", Office.mac(2), "winpe-http", "AVAILABLE");
        branch.enable();
        ArrayNode clients = figures.putArray("clients");
        ArrayNode steps = figures.putArray("steps");
        try (ReplayMachine bios = ReplayMachine.plugIn(office.site(), "biospc", BIOS_MAC, BIOS, 241);
                ReplayMachine uefi = ReplayMachine.plugIn(office.site(), "uefipc", UEFI_MAC, X64, 242);
                ReplayMachine local = ReplayMachine.plugIn(office.site(), "localpc", LOCAL_MAC, BIOS, 243)) {
            Told biosTold = exchange(office, "bios-pc", bios, clients);
            Told uefiTold = exchange(office, "uefi-pc", uefi, clients);
            Replay biosReplay = replay(office, bios, biosTold, waik);
            biosReplay.play("win-bios", steps);
            biosReplay.play("win-rough", steps);
            Replay uefiReplay = replay(office, uefi, uefiTold, adk);
            uefiReplay.play("win-efi", steps);
            office.timeline().say(steps.size() + " requests answered as they must be");
            readBack(office, figures);
            overHttp(office, medium, clients, figures.putArray("wimboot"));
            delivered(office, figures);
            realIpxe(office, figures);
            neighbourTakesOver(office, uefi, uefiTold, figures);
            changedPolicy(office, branch, uefi, figures);
            handedBack(office, local, clients);
        }
    }

    /** What DHCP told a machine. */
    private record Told(String server, String nbp, String bcd) {}

    private static Told exchange(Office office, String name, ReplayMachine machine, ArrayNode clients) {
        JsonNode dhcp = machine.discover();
        JsonNode offer = dhcp.path("offer");
        if (offer.isMissingNode()) {
            throw new LabException("nobody offered " + name + " a boot");
        }
        String server = offer.path("siaddr").asText();
        boolean binl = offer.path("file").asText().isEmpty();
        JsonNode answer = binl ? machine.bootServer(server) : offer;
        String bcd = text(answer.path("option252").asText());
        ObjectNode row = clients.addObject().put("client", name).put("responder", server);
        row.set("dhcp", dhcp);
        row.set("bootServerAck", binl ? answer : null);
        for (JsonNode packet : List.of(offer, answer)) {
            if (!packet.path("option252").asText().endsWith("00")
                    || !text(packet.path("option252").asText()).matches("\\\\Boot\\\\[0-9a-f-]{36}\\\\BCD")) {
                throw new LabException(name + " was not told its store with a NUL at its end: " + packet);
            }
        }
        office.timeline().say(name + " is told " + answer.path("file").asText() + " and " + bcd);
        return new Told(server, answer.path("file").asText(), bcd);
    }

    /** ASCII without its NUL. */
    static String text(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new String(bytes, 0, Math.max(0, bytes.length - 1), StandardCharsets.US_ASCII);
    }

    private static Replay replay(Office office, ReplayMachine machine, Told told, JsonNode manifest) {
        return new Replay(
                machine,
                told.server,
                told.nbp,
                told.bcd,
                manifest,
                office.site().folder());
    }

    /** Two machines, one name, two stores; and for one machine all names give one store. */
    private static void readBack(Office office, ObjectNode figures) {
        Path folder = office.site().folder();
        BcdReadBack bios = BcdReadBack.of(folder.resolve("win-bios-7.bcd"));
        BcdReadBack uefi = BcdReadBack.of(folder.resolve("win-efi-5.bcd"));
        ObjectNode stores = figures.putObject("stores");
        stores.putPOJO("bios", bios);
        stores.putPOJO("uefi", uefi);
        require(bios, "winload.exe", "winpe-waik@1", 4);
        require(uefi, "winload.efi", "winpe-adk@1", 4);
        same(folder, "win-bios-7.bcd", "win-bios-8.bcd");
        same(folder, "win-bios-7.bcd", "win-rough-1.bcd");
        for (String other : List.of("win-efi-6.bcd", "win-efi-7.bcd", "win-efi-8.bcd")) {
            same(folder, "win-efi-5.bcd", other);
        }
        office.timeline().say("hivexml reads both stores: " + bios.loader() + " and " + uefi.loader());
    }

    /** A medium of a build whose boot manager stops over plain TFTP; wimboot is the administrator's to add. */
    private static Path mediumWithWimboot(Path kits) {
        Path medium = WindowsKits.adk().build(26100).writeMedium(kits.resolve("medium"));
        try {
            Files.writeString(medium.resolve("wimboot"), "stands for the iPXE project's wimboot");
            return medium;
        } catch (IOException e) {
            throw new UncheckedIOException("wimboot cannot be added to " + medium, e);
        }
    }

    private static void overHttp(Office office, JsonNode manifest, ArrayNode clients, ArrayNode rows) {
        Path folder = office.site().folder();
        try (ReplayMachine bios = ReplayMachine.plugIn(office.site(), "bioshttp", BIOS_HTTP_MAC, BIOS, 244);
                ReplayMachine uefi = ReplayMachine.plugIn(office.site(), "uefihttp", UEFI_HTTP_MAC, X64, 245)) {
            Told told = exchange(office, "bios-http", bios, clients);
            Path store =
                    new WimbootReplay(bios, manifest, folder).play("bios-http", told.server, told.nbp, false, rows);
            require(BcdReadBack.of(store), "winload.exe", "winpe-http@1", 4);
            told = exchange(office, "uefi-http", uefi, clients);
            store = new WimbootReplay(uefi, manifest, folder).play("uefi-http", told.server, told.nbp, true, rows);
            require(BcdReadBack.of(store), "winload.efi", "winpe-http@1", 4);
        }
        office.timeline().say("iPXE's script brings store, partition and image over HTTP, to BIOS and UEFI");
    }

    /**
     * The script as real iPXE reads it, as a card's ROM and behind real UEFI firmware: it fetches all files, and it asks.
     * What stands for wimboot is no program, so that nothing boots in the end.
     */
    private static void realIpxe(Office office, ObjectNode figures) {
        ObjectNode told = figures.putObject("realIpxe");
        Machine bios = office.switchOn("bios-vm", Firmware.BIOS, "virtio-net-pci", Office.mac(1));
        try {
            office.timeline().await(bios.mac(), "BootDelivered", VM);
            told.put("bios", "fetched wimboot, store, partition and image by its script");
        } finally {
            bios.switchOff();
        }
        Machine uefi = office.switchOn("uefi-vm", Firmware.UEFI, "virtio-net-pci", Office.mac(2));
        try {
            uefi.awaitConsole("Press p to boot winpe-http@1", VM);
            told.put("uefi", "asked the person in front of it");
        } finally {
            uefi.switchOff();
        }
        office.timeline().say("Real iPXE understands the script, on BIOS and behind UEFI");
    }

    private static void require(BcdReadBack store, String loader, String description, int window) {
        if (!store.loader().endsWith(loader)
                || !store.description().equals(description)
                || store.blockSize() != 1456
                || store.windowSize() != window) {
            throw new LabException("the store is " + store + ", wanted were " + loader + ", " + description
                    + ", block size 1456 and window " + window);
        }
    }

    private static void same(Path folder, String one, String other) {
        try {
            if (!Arrays.equals(Files.readAllBytes(folder.resolve(one)), Files.readAllBytes(folder.resolve(other)))) {
                throw new LabException(one + " and " + other + " differ, but one machine has one store");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a store that was served is missing", e);
        }
    }

    /** The image's acknowledgement, and nothing before it, delivers the boot. */
    private static void delivered(Office office, ObjectNode figures) {
        ObjectNode told = figures.putObject("delivered");
        for (String mac : List.of(BIOS_MAC, UEFI_MAC, BIOS_HTTP_MAC, UEFI_HTTP_MAC)) {
            JsonNode delivered =
                    office.timeline().await(mac, "BootDelivered", SOON).data();
            told.set(mac, delivered);
        }
    }

    private static void changedPolicy(Office office, WindowsBranch branch, ReplayMachine uefi, ObjectNode figures) {
        branch.window(16);
        Path store = office.site().folder().resolve("changed.bcd");
        Until.isTrue("the next DISCOVER to bring a store with the new window", SOON, () -> {
            JsonNode offer = uefi.discoverAgain().path("offer");
            uefi.request(offer.path("siaddr").asText(), bcdRequest(), "\\Boot\\BCD", store);
            return BcdReadBack.of(store).windowSize() == 16;
        });
        figures.putPOJO("storeAfterThePolicyChanged", BcdReadBack.of(store));
    }

    /** Q98: minutes later, and from a peer that never answered this machine. */
    private static void neighbourTakesOver(Office office, ReplayMachine uefi, Told told, ObjectNode figures) {
        Agent dead = office.peerAt(told.server);
        office.kill(dead);
        Agent other = office.agents().getFirst();
        Path store = office.site().folder().resolve("neighbour.bcd");
        JsonNode answer = uefi.request(other.address(), bcdRequest(), told.bcd, store);
        if (!answer.path("outcome").asText().equals("DATA")) {
            throw new LabException(other.name() + " does not serve the machine of " + dead.name() + ": " + answer);
        }
        require(BcdReadBack.of(store), "winload.efi", "winpe-adk@1", 4);
        figures.putObject("neighbour").put("killed", dead.name()).put("servedBy", other.name());
        office.timeline().say(other.name() + " serves the store that " + dead.name() + " had told of");
    }

    private static TraceStep bcdRequest() {
        return new TraceStep("", "", "", "tsize=0,blksize=1456", "GET", TraceStep.Expect.DATA, "");
    }

    /** A machine that is to start from its own disk is handed back by the kit's own program. */
    private static void handedBack(Office office, ReplayMachine local, ArrayNode clients) {
        JsonNode dhcp = local.discover();
        clients.addObject().put("client", "local-pc").set("dhcp", dhcp);
        String file = dhcp.path("offer").path("file").asText();
        if (!file.endsWith("abortpxe.com")) {
            throw new LabException("the machine that is to start from its disk was told '" + file + "'");
        }
        office.timeline().say("local-pc is told " + file);
    }
}
