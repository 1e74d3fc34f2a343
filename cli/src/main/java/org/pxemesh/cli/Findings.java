package org.pxemesh.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the peers found in their segments. */
@Command(
        name = "findings",
        description = "What is in the way of boot clients in the sites' segments: other boot servers, misleading DHCP"
                + " servers; what users see of it, and the cure.")
final class Findings extends Leaf {

    private static final List<Table.Column> COLUMNS = List.of(
            new Table.Column(
                    "SITE",
                    row -> row.path("siteName").asText(row.path("siteId").asText())),
            Table.Column.of("FINDING", "code"),
            Table.Column.of("SERVER", "server"),
            Table.Column.of("USERS SEE", "symptom"),
            Table.Column.of("PEERS", "peers"),
            Table.Column.of("SINCE", "since"),
            Table.Column.of("SEEN", "detail"));

    @Option(names = "--site", paramLabel = "ID", description = "findings at this site alone")
    private @Nullable String site;

    @Override
    protected void run() {
        Map<String, @Nullable Object> query = new HashMap<>();
        query.put("site", site);
        JsonNode found = hq().get("/api/v1/findings", query).body();
        list(COLUMNS, found);
        if (!json()) {
            cures(found);
        }
    }

    /** Once for each code: a chain of a hundred branches often has the same mistake in all of them. */
    private void cures(JsonNode found) {
        Map<String, JsonNode> byCode = new TreeMap<>();
        found.forEach(finding -> byCode.putIfAbsent(finding.path("code").asText(), finding));
        byCode.forEach((code, finding) -> {
            out().println();
            out().println(code + ": " + finding.path("meaning").asText());
            out().println("  cure: " + finding.path("cure").asText());
        });
    }
}
