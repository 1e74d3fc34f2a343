package org.pxemesh.bench.tftp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.site.Namespace;

/** The load generator, a C program: it checks every byte and costs little beside the servers. */
final class LoadClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path program;
    private final Namespace from;

    private LoadClient(Path program, Namespace from) {
        this.program = program;
        this.from = from;
    }

    /** Compiles it. */
    static LoadClient make(Path folder, Namespace from) {
        Path source = folder.resolve("tftpload.c");
        Path program = folder.resolve("tftpload");
        try (InputStream text = LoadClient.class.getResourceAsStream("tftpload.c")) {
            if (text == null) {
                throw new LabException("tftpload.c is not in the bench's jar: build it again with ./mesh build");
            }
            Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LabException(source + " cannot be written: " + e.getMessage(), e);
        }
        Shell.run("cc", "-O2", "-o", program.toString(), source.toString());
        return new LoadClient(program, from);
    }

    /**
     * Fetches a file and compares each copy with the original.
     *
     * @return its own figures: {@code MBps}, {@code p50_ms}, {@code p99_ms}, {@code failed}, {@code bad} ...
     */
    JsonNode run(String host, String file, Path original, Load load) {
        Shell.Result result = Shell.attempt(from.exec(List.of(
                        program.toString(),
                        "-h",
                        host,
                        "-f",
                        file,
                        "-r",
                        original.toString(),
                        "-b",
                        Integer.toString(load.blockSize()),
                        "-w",
                        Integer.toString(load.windowSize()),
                        "-c",
                        Integer.toString(load.clients()),
                        "-n",
                        Integer.toString(load.transfers()),
                        "-l",
                        Integer.toString(load.lossPercent())))
                .toArray(String[]::new));
        String last = result.output().lines().reduce("", (a, b) -> b);
        try {
            return JSON.readTree(last);
        } catch (IOException e) {
            throw new LabException("the load generator ended with " + result.exit() + ": " + result.output(), e);
        }
    }
}
