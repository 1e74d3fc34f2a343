package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Namespace;

/**
 * Clients that nobody here wrote, at a site whose DHCP server is Kea: curl, three TFTP clients, and a machine with another
 * network card. Every file must arrive byte for byte, from every peer.
 */
final class ForeignClientsScenario implements Scenario {
    private static final String KERNEL = "debian-installer/amd64/linux";

    @Override
    public String name() {
        return "foreign-clients";
    }

    @Override
    public String about() {
        return "Kea as DHCP server; curl, atftp, tftp-hpa, busybox tftp and an e1000 machine as clients";
    }

    @Override
    public Office.Plan office() {
        return new Office.Plan(2, DhcpServer.KEA, "portable");
    }

    @Override
    public void play(Office office, ObjectNode figures) {
        office.enable();
        Namespace visitor = office.site().officePc("visitor");
        String wanted = sha256(Office.INSTALLER.resolve(KERNEL));
        for (Agent agent : office.agents()) {
            ObjectNode ofPeer = figures.putObject(agent.name());
            downloads(agent.address()).forEach((client, command) -> {
                double began = office.timeline().seconds();
                fetch(office, visitor, client, command, wanted);
                double seconds = office.timeline().seconds() - began;
                ofPeer.put(client, Math.round(seconds * 100) / 100.0);
                office.timeline().say(client + " fetched the kernel from " + agent.name());
            });
            refuse(office, visitor, agent.address());
        }
        figures.set(
                "e1000",
                office.boot("bios", Firmware.BIOS, "e1000", Office.mac(1)).json());
    }

    /** Command lines that fetch the kernel into the file {@code FILE}. */
    private static Map<String, List<String>> downloads(String peer) {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("curl", List.of("curl", "-sSf", "-o", "FILE", "http://" + peer + ":8069/files/" + KERNEL));
        commands.put("atftp", List.of("atftp", "--get", "-r", KERNEL, "-l", "FILE", peer));
        commands.put(
                "atftp-1428",
                List.of(
                        "atftp",
                        "--option",
                        "blksize 1428",
                        "--option",
                        "tsize 0",
                        "--get",
                        "-r",
                        KERNEL,
                        "-l",
                        "FILE",
                        peer));
        commands.put("tftp-hpa", List.of("tftp", "-m", "binary", peer, "-c", "get", KERNEL, "FILE"));
        commands.put("busybox", List.of("busybox", "tftp", "-g", "-b", "1400", "-r", "/" + KERNEL, "-l", "FILE", peer));
        return commands;
    }

    private static void fetch(Office office, Namespace visitor, String client, List<String> command, String wanted) {
        Path file = office.site().folder().resolve("fetched-" + client);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be removed", e);
        }
        visitor.run(command.stream()
                .map(word -> word.equals("FILE") ? file.toString() : word)
                .toArray(String[]::new));
        if (!Files.exists(file) || !sha256(file).equals(wanted)) {
            throw new LabException(client + " did not get the kernel as it is in the tree; see " + file);
        }
    }

    /** Outside of the plan there is nothing, and a client hears so at once. */
    private static void refuse(Office office, Namespace visitor, String peer) {
        for (String path : List.of("etc/passwd", "../../etc/passwd", "debian-installer/amd64/nothing")) {
            long began = System.nanoTime();
            Shell.Result result =
                    Shell.attempt(visitor.exec(List.of("busybox", "tftp", "-g", "-r", path, "-l", "/dev/null", peer))
                            .toArray(String[]::new));
            double seconds = (System.nanoTime() - began) / 1e9;
            if (result.ok() || seconds > 2) {
                throw new LabException("TFTP for '" + path + "' was not refused at once but ended with " + result.exit()
                        + " after " + seconds + " s: " + result.output());
            }
        }
        office.timeline().say("Files outside of the plan are refused at once by " + peer);
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
