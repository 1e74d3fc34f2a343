package org.pxemesh.bench.dhcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.site.Namespace;

/** The load generator, a C program on a host without a DHCP client. Each run's machines are new ones. */
public final class Storm {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path program;
    private final Namespace from;
    private int firstMac = 1;

    private Storm(Path program, Namespace from) {
        this.program = program;
        this.from = from;
    }

    /**
     * How the machines discover.
     *
     * @param clients in all
     * @param outstanding how many wait for their offer at a time; not used with a rate
     * @param rate DISCOVERs per second, 0 for as fast as the offers come
     */
    public record Shape(int clients, int outstanding, int rate) {

        /** As the rows name it. */
        public String name() {
            return rate > 0
                    ? rate + " DISCOVERs per second"
                    : outstanding == 1 ? "one after the other" : outstanding + " at a time";
        }
    }

    /** Compiles it. */
    public static Storm make(Path folder, Namespace from) {
        Path source = folder.resolve("dhcpstorm.c");
        Path program = folder.resolve("dhcpstorm");
        try (InputStream text = Storm.class.getResourceAsStream("dhcpstorm.c")) {
            if (text == null) {
                throw new LabException("dhcpstorm.c is not in the bench's jar: build it again with ./mesh build");
            }
            Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LabException(source + " cannot be written: " + e.getMessage(), e);
        }
        Shell.run("cc", "-O2", "-o", program.toString(), source.toString());
        return new Storm(program, from);
    }

    /**
     * Lets the machines discover.
     *
     * @param server an address, or 255.255.255.255 for whoever hears it
     * @return its own figures: {@code offersPerSecond}, {@code p50_ms}, {@code p99_ms}, {@code lost} ...
     */
    public JsonNode at(String server, Shape shape) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-i", "eth0", "-h", server));
        command.addAll(List.of("-n", Integer.toString(shape.clients), "-w", Integer.toString(shape.outstanding)));
        command.addAll(List.of("-r", Integer.toString(shape.rate), "-m", Integer.toString(firstMac)));
        firstMac += shape.clients;
        Shell.Result result = Shell.attempt(from.exec(command).toArray(String[]::new));
        try {
            return JSON.readTree(result.output().lines().reduce("", (a, b) -> b));
        } catch (IOException e) {
            throw new LabException("the load generator ended with " + result.exit() + ": " + result.output(), e);
        }
    }
}
