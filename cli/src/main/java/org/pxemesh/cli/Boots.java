package org.pxemesh.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.cli.hq.HqClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What booted, or did not. */
@Command(name = "boots", description = "Boots, the newest first; or one boot with its timeline.")
final class Boots extends Leaf {

    private static final List<Table.Column> COLUMNS = List.of(
            Table.Column.of("STARTED", "startedAt"),
            Table.Column.of("CLIENT", "mac"),
            Table.Column.of("COMPUTER", "computer"),
            Table.Column.of("STATE", "state"),
            Table.Column.of("PACKAGE", "packageRef"),
            Table.Column.of("RESPONDER", "responder"),
            Table.Column.of("SECONDS", "seconds"),
            Table.Column.of("REASONS", "reasons"),
            Table.Column.of("ID", "id"));

    private static final List<Table.Column> STEPS = List.of(
            Table.Column.of("TIME", "time"),
            Table.Column.of("EVENT", "name"),
            Table.Column.of("PEER", "peer"),
            Table.Column.of("WHAT", "summary"));

    @Parameters(arity = "0..1", paramLabel = "ID", description = "one boot, with its timeline")
    private @Nullable String id;

    @Option(names = "--mac", paramLabel = "MAC", description = "boots of this client alone")
    private @Nullable String mac;

    @Option(names = "--site", paramLabel = "ID", description = "boots at this site alone")
    private @Nullable String site;

    @Option(names = "--state", paramLabel = "STATE", description = "boots in this state alone")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many (default 50)")
    private int limit;

    @Override
    protected void run() {
        if (id != null) {
            one(hq().get("/api/v1/boots/" + HqClient.encode(id)).body());
            return;
        }
        Map<String, @Nullable Object> query = new HashMap<>();
        query.put("mac", mac);
        query.put("site", site);
        query.put("state", state);
        query.put("limit", limit);
        list(COLUMNS, hq().get("/api/v1/boots", query).body());
    }

    private void one(JsonNode found) {
        show(COLUMNS, found.has("boot") ? found.path("boot") : found);
        if (!root().json()) {
            out().println();
            Table.print(out(), STEPS, (Iterable<JsonNode>) found.path("timeline"));
        }
    }
}
