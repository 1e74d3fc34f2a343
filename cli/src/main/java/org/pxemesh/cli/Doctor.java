package org.pxemesh.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.cli.hq.HqException;
import org.pxemesh.cli.segment.SegmentDoctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at each of HQ's services by itself; they stand on three ports in a row. */
@Command(
        name = "doctor",
        description =
                "Whether HQ's services are up and ready, and what to do if not; with --segment, what a boot client"
                        + " would meet in a network of this computer.")
final class Doctor extends Leaf {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SERVICES = List.of("console", "policy-service", "package-service");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    @Option(
            names = "--segment",
            paramLabel = "INTERFACE",
            description = "look at this network as a boot client does: who offers what, is it heard, what is in the way"
                    + " (needs the right to use port 68)")
    private @Nullable String segment;

    @Override
    protected void run() throws Exception {
        if (segment != null) {
            lookAt(segment);
            return;
        }
        URI base = hq().base();
        int port = base.getPort() < 0 ? 80 : base.getPort();
        ArrayNode findings = JSON.createArrayNode();
        for (int i = 0; i < SERVICES.size(); i++) {
            URI service = new URI(base.getScheme(), null, base.getHost(), port + i, null, null, null);
            findings.add(look(SERVICES.get(i), service));
        }
        list(
                List.of(
                        new Table.Column("", finding -> finding.path("ok").asBoolean() ? "ok" : "FAIL"),
                        Table.Column.of("SERVICE", "service"),
                        Table.Column.of("ADDRESS", "address"),
                        Table.Column.of("FINDING", "finding")),
                findings);
        if (!json() && findings.path(0).path("ok").asBoolean()) {
            tellOfSites();
        }
        for (JsonNode finding : findings) {
            if (!finding.path("ok").asBoolean()) {
                throw new HqException("HQ is not well: see above", HqException.REFUSED);
            }
        }
    }

    /** What is in the way of boot clients somewhere is no fault of HQ's, and not of this command's exit code. */
    private void tellOfSites() {
        JsonNode found = hq().get("/api/v1/findings", Map.of()).body();
        if (!found.isEmpty()) {
            out().println();
            out().println("Peers found what is in the way of boot clients ('pxemesh findings --json' has all of it):");
        }
        for (JsonNode row : found) {
            out().println("FINDING      " + row.path("code").asText() + " "
                    + row.path("server").asText() + " at "
                    + row.path("siteName").asText(row.path("siteId").asText()));
            out().println("  users see  " + row.path("symptom").asText());
            out().println("  cure       " + row.path("cure").asText());
        }
    }

    private void lookAt(String name) {
        SegmentDoctor.Examined examined = SegmentDoctor.examine(name);
        ArrayNode rows = JSON.createArrayNode();
        examined.findings()
                .forEach(finding -> rows.addObject()
                        .put("finding", finding.trouble().code())
                        .put(
                                "server",
                                finding.server().isNone()
                                        ? ""
                                        : finding.server().toString())
                        .put("symptom", finding.trouble().symptom())
                        .put("meaning", finding.trouble().meaning())
                        .put("detail", finding.detail())
                        .put("cure", finding.trouble().cure()));
        if (json()) {
            ObjectNode all = JSON.createObjectNode().put("ok", rows.isEmpty()).put("interface", name);
            examined.offers().forEach(all.putArray("offers")::add);
            all.set("findings", rows);
            out().println(all.toPrettyString());
        } else {
            examined.offers().forEach(offer -> out().println("offer        " + offer));
            for (JsonNode row : rows) {
                out().println("FINDING      " + row.path("finding").asText() + " "
                        + row.path("server").asText());
                out().println("  users see  " + row.path("symptom").asText());
                out().println("  because    " + row.path("meaning").asText()
                        + (row.path("detail").asText().isEmpty()
                                ? ""
                                : " (" + row.path("detail").asText() + ")"));
                out().println("  cure       " + row.path("cure").asText());
            }
        }
        if (!rows.isEmpty()) {
            throw new HqException("boot clients of this segment meet trouble: see above", HqException.REFUSED);
        }
        if (!json()) {
            out().println("ok           a boot client gets an address and a peer's offer, and nothing is in its way");
        }
    }

    private ObjectNode look(String service, URI address) throws InterruptedException {
        ObjectNode finding = JSON.createObjectNode().put("service", service).put("address", address.toString());
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(address.resolve("/q/health/ready"))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            boolean ready = response.statusCode() == 200;
            return finding.put("ok", ready).put("finding", ready ? "ready" : "not ready: " + troubles(response.body()));
        } catch (IOException e) {
            return finding.put("ok", false)
                    .put(
                            "finding",
                            "does not answer (" + e.getClass().getSimpleName()
                                    + "): start it with './mesh hq up', or give its console's address by --hq");
        }
    }

    private static String troubles(String body) throws IOException {
        List<String> troubles = new ArrayList<>();
        for (JsonNode check : JSON.readTree(body).path("checks")) {
            if (!check.path("status").asText().equals("UP")) {
                troubles.add(check.path("name").asText() + " "
                        + Table.text(
                                check.path("data").has("trouble")
                                        ? check.path("data").path("trouble")
                                        : check.path("data")));
            }
        }
        return troubles.isEmpty() ? body.strip() : String.join("; ", troubles);
    }
}
