package org.pxemesh.cli.packages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.StringJoiner;
import org.pxemesh.cli.Group;
import org.pxemesh.cli.Leaf;
import org.pxemesh.cli.Table;
import org.pxemesh.cli.hq.Answer;
import org.pxemesh.cli.hq.HqClient;
import org.pxemesh.cli.hq.HqException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pxemesh package ...}. */
public final class PackageCommands {

    static final String PATH = "/api/v1/packages";

    static final List<Table.Column> LINE = List.of(
            Table.Column.of("PACKAGE", "ref"),
            Table.Column.of("STATE", "state"),
            new Table.Column("SIZE", row -> Table.bytes(row.path("bytes").asLong())),
            Table.Column.of("FILES", "files"),
            new Table.Column("BOOTS", row -> Table.text(architectures(row))),
            Table.Column.of("BUILT", "builtAt"));

    private static final List<Table.Column> ALL = List.of(
            Table.Column.of("PACKAGE", "ref"),
            Table.Column.of("STATE", "state"),
            Table.Column.of("REVISION", "revision"),
            new Table.Column("SIZE", row -> Table.bytes(row.path("bytes").asLong())),
            Table.Column.of("FILES", "files"),
            new Table.Column("KIND", row -> Table.text(row.path("boot").path("kind"))),
            new Table.Column("LOADERS", PackageCommands::loaders),
            Table.Column.of("MANIFEST", "manifestSha256"),
            Table.Column.of("SIGNED BY", "keyId"),
            Table.Column.of("URL", "manifestUrl"),
            Table.Column.of("BUILT", "builtAt"),
            Table.Column.of("RETIRED", "retiredAt"),
            new Table.Column("WARNINGS", row -> lines(row.path("warnings"))),
            new Table.Column("ABSENT", row -> lines(row.path("absent"))));

    private static final List<Table.Column> FILE = List.of(
            Table.Column.of("PATH", "path"),
            new Table.Column("SIZE", row -> Table.bytes(row.path("size").asLong())),
            Table.Column.of("SHA-256", "sha256"),
            Table.Column.of("FROM", "origin"));

    private PackageCommands() {}

    public static void addTo(CommandLine root, ImportPackage importing) {
        CommandLine group = Group.addTo(root, "package", "Boot packages.");
        group.addSubcommand(importing);
        group.addSubcommand(new ListPackages());
        group.addSubcommand(new ShowPackage());
        group.addSubcommand(new VerifyPackage());
        group.addSubcommand(new RetirePackage());
    }

    static String place(String ref) {
        int at = ref.indexOf('@');
        if (at < 1 || at == ref.length() - 1) {
            throw new HqException("a package is written name@version, not \"" + ref + "\"", 2);
        }
        return PATH + "/" + HqClient.encode(ref.substring(0, at)) + "/" + HqClient.encode(ref.substring(at + 1));
    }

    private static JsonNode architectures(JsonNode row) {
        var names = new com.fasterxml.jackson.databind.ObjectMapper().createArrayNode();
        row.path("boot").path("loaders").forEach(loader -> names.add(loader.path("architecture")));
        return names;
    }

    private static String lines(JsonNode texts) {
        StringJoiner lines = new StringJoiner("\n").setEmptyValue("-");
        texts.forEach(text -> lines.add(text.asText()));
        return lines.toString();
    }

    private static String loaders(JsonNode row) {
        StringBuilder text = new StringBuilder();
        for (JsonNode loader : row.path("boot").path("loaders")) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(loader.path("architecture").asText())
                    .append(": ")
                    .append(loader.path("nbp").asText());
        }
        return text.toString();
    }

    @Command(name = "list", description = "All package versions.")
    static final class ListPackages extends Leaf {
        @Override
        protected void run() {
            list(LINE, hq().get(PATH + "?limit=10000").body());
        }
    }

    @Command(name = "show", description = "One package version.")
    static final class ShowPackage extends Leaf {
        @Parameters(paramLabel = "NAME@VERSION")
        private String ref = "";

        @Option(names = "--files", description = "its files too, and where each came from")
        private boolean files;

        @Override
        protected void run() {
            ObjectNode version = (ObjectNode) hq().get(place(ref)).body();
            describe(version);
            show(ALL, version);
            if (files && !json()) {
                out().println();
                list(FILE, version.path("contents"));
            }
        }

        /** The manifest's own words; a retired version may have lost its manifest. */
        private void describe(ObjectNode version) {
            try {
                JsonNode description = hq().get(place(ref) + "/description").body();
                version.set("warnings", description.path("warnings"));
                version.set("absent", description.path("absent"));
                if (files) {
                    version.set("contents", description.path("files"));
                }
            } catch (HqException e) {
                if (files || e.exitCode() == HqException.UNREACHABLE) {
                    throw e;
                }
            }
        }
    }

    @Command(
            name = "retire",
            description = "Take a package version out of use for good; running boots end undisturbed.")
    static final class RetirePackage extends Leaf {
        @Parameters(paramLabel = "NAME@VERSION")
        private String ref = "";

        @Override
        protected void run() {
            Answer seen = hq().get(place(ref));
            Answer retired = hq().post(place(ref) + "/retire", seen.etag());
            done(retired.body(), ref + " is retired");
        }
    }
}
