package org.pxemesh.bench.start;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.pxemesh.bench.Bench;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.site.Namespace;

/** A C program that broadcasts DISCOVERs until a peer answers one. */
final class FirstOffer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path program;
    private final Namespace from;

    private FirstOffer(Path program, Namespace from) {
        this.program = program;
        this.from = from;
    }

    /** Compiles it. */
    static FirstOffer make(Path folder, Namespace from) {
        Path source = folder.resolve("firstoffer.c");
        Path program = folder.resolve("firstoffer");
        try (InputStream text = Bench.class.getResourceAsStream("start/firstoffer.c")) {
            if (text == null) {
                throw new LabException("firstoffer.c is not in the bench's jar: build it again with ./mesh build");
            }
            Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LabException(source + " cannot be written: " + e.getMessage(), e);
        }
        Shell.run("cc", "-O2", "-o", program.toString(), source.toString());
        return new FirstOffer(program, from);
    }

    /** One wait for a peer; it broadcasts already. */
    record Waiting(Process process) {

        /** When the offer came, as {@link System#nanoTime} counts. */
        long nanos() throws InterruptedException {
            try {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                if (process.waitFor() != 0) {
                    throw new LabException("the agent made no offer; firstoffer ended with " + process.exitValue());
                }
                return JSON.readTree(said).path("monotonicNanos").asLong();
            } catch (IOException e) {
                throw new LabException("firstoffer cannot be heard: " + e.getMessage(), e);
            }
        }
    }

    Waiting waitFor(String peer) {
        try {
            return new Waiting(new ProcessBuilder(from.exec(List.of(program.toString(), "-i", "eth0", "-s", peer)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new LabException("firstoffer cannot be started: " + e.getMessage(), e);
        }
    }
}
