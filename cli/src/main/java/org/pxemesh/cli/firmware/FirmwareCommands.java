package org.pxemesh.cli.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.pxemesh.cli.Group;
import org.pxemesh.cli.Leaf;
import org.pxemesh.cli.Table;
import org.pxemesh.cli.hq.HqClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Which reply form boot clients' firmware gets. */
public final class FirmwareCommands {

    private static final String PATH = "/api/v1/firmware";

    private static final List<Table.Column> LINE = List.of(
            Table.Column.of("FIRMWARE", "fingerprint"),
            new Table.Column(
                    "OPTION 60",
                    row -> row.path("description").path("vendorClass").asText()),
            new Table.Column(
                    "CARD", row -> row.path("description").path("vendor").asText()),
            new Table.Column(
                    "FORM",
                    row -> row.path("form").isTextual() ? row.path("form").asText() : "as usual"),
            new Table.Column("PINNED", row -> row.path("pinned").asBoolean() ? "yes" : "no"),
            Table.Column.of("SINCE", "since"),
            Table.Column.of("SITES", "observed"));

    private static final List<Table.Column> WORDS = List.of(
            Table.Column.of("SITE", "site"),
            Table.Column.of("FORM", "form"),
            new Table.Column("COUNTS", row -> row.path("counts").asBoolean() ? "yes" : "no"),
            Table.Column.of("AT", "at"));

    private FirmwareCommands() {}

    public static void addTo(CommandLine root) {
        CommandLine group =
                Group.addTo(root, "firmware", "Reply forms by firmware: what sites learned, and what is pinned.");
        group.addSubcommand(new ListFirmware());
        group.addSubcommand(new Show());
        group.addSubcommand(new Pin());
        group.addSubcommand(new Revert());
    }

    @Command(
            name = "list",
            description = "Firmwares that sites observed in the last days, or that HQ says something of.")
    private static final class ListFirmware extends Leaf {
        @Override
        protected void run() {
            list(LINE, hq().get(PATH).body());
        }
    }

    @Command(name = "show", description = "A firmware, and which site says what of it.")
    private static final class Show extends Leaf {
        @Parameters(paramLabel = "FIRMWARE", description = "its fingerprint, as `list` shows it")
        private String firmware = "";

        @Override
        protected void run() {
            JsonNode body = hq().get(PATH + "/" + HqClient.encode(firmware)).body();
            if (json()) {
                out().println(body.toPrettyString());
                return;
            }
            Table.print(out(), LINE, body.path("firmware"));
            out().println();
            Table.print(out(), WORDS, (Iterable<JsonNode>) body.path("says"));
        }
    }

    @Command(name = "pin", description = "Answer a firmware in one form everywhere, and try no other.")
    private static final class Pin extends Leaf {
        @Parameters(index = "0", paramLabel = "FIRMWARE", description = "its fingerprint, as `list` shows it")
        private String firmware = "";

        @Parameters(index = "1", paramLabel = "FORM", description = "binl, pxe10 or menu")
        private String form = "";

        @Override
        protected void run() {
            JsonNode body = hq().post(
                            PATH + "/" + HqClient.encode(firmware) + "/pin",
                            new ObjectMapper().createObjectNode().put("form", form))
                    .body();
            done(body, "pinned " + firmware + " to " + form);
        }
    }

    @Command(name = "revert", description = "Forget what was learned or pinned of a firmware; the sites begin anew.")
    private static final class Revert extends Leaf {
        @Parameters(paramLabel = "FIRMWARE", description = "its fingerprint, as `list` shows it")
        private String firmware = "";

        @Override
        protected void run() {
            JsonNode body = hq().post(PATH + "/" + HqClient.encode(firmware) + "/revert", Optional.empty())
                    .body();
            done(body, "reverted " + firmware + ": the sites forget what they learned of it");
        }
    }
}
