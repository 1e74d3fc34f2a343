package org.pxemesh.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.pxemesh.cli.firmware.FirmwareCommands;
import org.pxemesh.cli.hq.HqClient;
import org.pxemesh.cli.hq.HqException;
import org.pxemesh.cli.packages.ImportPackage;
import org.pxemesh.cli.packages.PackageCommands;
import org.pxemesh.cli.things.ThingCommands;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The product's command line over HQ's REST interface. Exit codes: 0 done, 1 HQ refused, 2 wrong arguments, 3 HQ does
 * not answer.
 */
@Command(
        name = "pxemesh",
        version = "pxemesh 0.1.0",
        usageHelpAutoWidth = true,
        description = "Boot packages, policies and boots of PXE Mesh.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:HQ refused; the message says why", "2:wrong arguments", "3:HQ does not answer"})
public final class Pxemesh {

    @Option(
            names = "--hq",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "${env:PXEMESH_HQ:-http://localhost:8080}",
            description = "HQ's console (default: $PXEMESH_HQ, else http://localhost:8080)")
    private URI hqUri = URI.create("http://localhost:8080");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    private boolean help;

    /** Not inherited: {@code package import} has a version of its own. */
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    private boolean version;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "print what HQ sent, for scripts")
    private boolean json;

    private @Nullable HqClient hq;

    HqClient hq() {
        if (hq == null) {
            if (hqUri.getHost() == null) {
                throw new HqException("--hq is " + hqUri + ", write for example http://localhost:8080", 2);
            }
            hq = new HqClient(hqUri);
        }
        return hq;
    }

    boolean json() {
        return json;
    }

    /** The whole tree of commands. */
    public static CommandLine commandLine() {
        CommandLine root = new CommandLine(new Pxemesh());
        PackageCommands.addTo(root, new ImportPackage());
        ThingCommands.addTo(root);
        FirmwareCommands.addTo(root);
        root.addSubcommand(new Boots());
        root.addSubcommand(new Findings());
        root.addSubcommand(new Explain());
        root.addSubcommand(new Doctor());
        root.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof HqException refused) {
                for (String line : String.valueOf(refused.getMessage()).split("\\R")) {
                    command.getErr().println("pxemesh: " + line);
                }
                return refused.exitCode();
            }
            throw e;
        });
        root.setCaseInsensitiveEnumValuesAllowed(true);
        return root;
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
