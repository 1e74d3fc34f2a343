package org.pxemesh.lab.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pxemesh.lab.LabException;

/** Short commands that must succeed. */
public final class Shell {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How a command ended. */
    public record Result(int exit, String output) {
        public boolean ok() {
            return exit == 0;
        }
    }

    private Shell() {}

    /** Runs a command; its output, or a {@link LabException} that shows command and output when it fails. */
    public static String run(String... command) {
        Result result = attempt(command);
        if (!result.ok()) {
            throw new LabException(
                    "'" + String.join(" ", command) + "' ended with " + result.exit + ": " + result.output.strip());
        }
        return result.output;
    }

    /** Runs a command that may fail. */
    public static Result attempt(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LabException(
                        "'" + String.join(" ", command) + "' did not end in " + PATIENCE.toSeconds() + " s");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new LabException(
                    "'" + List.of(command).getFirst() + "' cannot be run: " + e.getMessage()
                            + "; the packages of lab/debian-packages.txt bring it",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while '" + String.join(" ", command) + "' ran", e);
        }
    }
}
