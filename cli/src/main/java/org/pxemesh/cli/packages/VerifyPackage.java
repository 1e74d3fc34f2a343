package org.pxemesh.cli.packages;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pxemesh.cli.Leaf;
import org.pxemesh.cli.Table;
import org.pxemesh.cli.hq.HqException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has HQ read a package's files again, and waits until it has. */
@Command(
        name = "verify",
        description = "Have HQ read every file of a package version again and compare it with the signed manifest."
                + " Exit code 1 when something is damaged.")
final class VerifyPackage extends Leaf {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final List<Table.Column> DAMAGE = List.of(
            Table.Column.of("DAMAGED", "path"),
            Table.Column.of("PROBLEM", "problem"),
            Table.Column.of("STORED AT HQ", "stored"));

    @Parameters(paramLabel = "NAME@VERSION")
    private String ref = "";

    @Option(names = "--no-wait", description = "do not wait until it has ended")
    private boolean noWait;

    @Override
    protected void run() throws Exception {
        String place = PackageCommands.place(ref) + "/verification";
        JsonNode status = hq().post(place, Optional.empty()).body();
        if (noWait) {
            done(status, "verification of " + ref + " has begun");
            return;
        }
        try (ProgressBar bar = new ProgressBar(err(), ProgressBar.onTerminal())) {
            while (show(bar, status).equals("running")) {
                Thread.sleep(PAUSE);
                status = hq().get(place).body();
            }
        }
        tell(status);
    }

    private static String show(ProgressBar bar, JsonNode status) {
        bar.show(
                "verifying",
                status.path("bytesDone").asLong(),
                status.path("bytes").asLong());
        return status.path("state").asText();
    }

    private void tell(JsonNode status) {
        switch (status.path("state").asText()) {
            case "sound" ->
                done(
                        status,
                        ref + " is sound: " + status.path("files").asInt() + " files, "
                                + Table.bytes(status.path("bytes").asLong()) + ", as the signed manifest says");
            case "damaged" -> {
                list(DAMAGE, status, "damaged");
                throw new HqException(
                        ref + " is damaged at HQ: " + status.path("damaged").size()
                                + " of its files; importing the same source as another version puts the good bytes back",
                        HqException.REFUSED);
            }
            default ->
                throw new HqException(
                        "verification of " + ref + " failed: "
                                + status.path("reason").asText(),
                        HqException.REFUSED);
        }
    }
}
