package org.pxemesh.lab.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.firmware.wire.Capture;
import org.pxemesh.lab.firmware.wire.GoldenPackets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./mesh lab firmware}: exit 0 only when every row reached its proof. */
@Command(name = "firmware", description = "Real firmware against a real agent, a row per boot.")
public final class FirmwareCommand implements Callable<Integer> {

    @Option(names = "--row", paramLabel = "NAME", split = ",", description = "only these rows; default all")
    List<String> names = List.of();

    @Option(names = "--list", description = "the rows, and nothing is booted")
    boolean list;

    @Option(
            names = "--captures",
            paramLabel = "FOLDER",
            description = "writes what the machines sent and DHCP servers answered as dhcp.txt, watch.txt, tftp.txt,"
                    + " tftp-session.txt and http.txt, for fuzz/src/main/resources/captures")
    @Nullable
    Path captures;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Row> rows = names.isEmpty()
                ? Matrix.ROWS
                : names.stream().map(Matrix::named).toList();
        if (list) {
            rows.forEach(row -> System.out.printf(
                    "%-22s %-7s %-22s %-9s %-7s %s%n",
                    row.name(),
                    row.dhcp().name().toLowerCase(java.util.Locale.ROOT),
                    row.relay().label(),
                    row.host(),
                    row.proof().name().toLowerCase(java.util.Locale.ROOT),
                    row.board().about() + ": " + row.about()));
            return 0;
        }
        ObjectNode result = FirmwareMatrix.run("lab-firmware", rows);
        Path file = Tree.root().resolve("target/lab/firmware.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, result.toPrettyString() + "\n");
        table(result);
        if (captures != null) {
            write(result, captures);
        }
        System.out.println(result);
        return result.path("ok").asBoolean() ? 0 : 1;
    }

    private static void write(JsonNode result, Path folder) throws IOException {
        GoldenPackets golden = new GoldenPackets();
        for (JsonNode row : result.path("rows")) {
            if (row.has("capture")) {
                golden.add(
                        row.path("row").asText(),
                        Capture.read(Path.of(row.path("capture").asText())),
                        row.path("mac").asText());
            }
        }
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : golden.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static void table(JsonNode result) {
        System.err.printf(
                "%n%-22s %-7s %-22s %-9s %-8s %-8s %7s  %s%n",
                "row", "dhcp", "relay", "host", "proof", "reached", "seconds", "evidence");
        for (JsonNode row : result.path("rows")) {
            System.err.printf(
                    "%-22s %-7s %-22s %-9s %-8s %-8s %7s  %s%n",
                    row.path("row").asText(),
                    row.path("dhcp").asText(),
                    row.path("relay").asText(),
                    row.path("host").asText(),
                    row.path("proof").asText(),
                    row.path("reached").asText(),
                    row.path("seconds").asText("-"),
                    told(row));
        }
    }

    private static String told(JsonNode row) {
        if (row.has("skipped")) {
            return "skipped: " + row.path("skipped").asText();
        }
        JsonNode stages = row.path("stages");
        return row.path("ok").asBoolean()
                ? stages.path(stages.size() - 1).path("evidence").asText()
                : "FAILED " + row.path("error").asText();
    }
}
