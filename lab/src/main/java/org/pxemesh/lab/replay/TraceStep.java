package org.pxemesh.lab.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pxemesh.lab.LabException;

/**
 * One request of a trace.
 *
 * @param trace whose
 * @param step its number within the trace
 * @param name as it goes over the wire; {@code {nbp}} and {@code {bcd}} stand for what the DHCP exchange told
 * @param options of the TFTP request, {@code name=value} with commas; {@code -} for none, and for HTTP
 * @param action GET, GET5, PROBE, PROBE0, or HTTP
 * @param expect DATA, NOTFOUND, or OPTIONAL (either, but at once)
 * @param source where it was read or measured
 */
public record TraceStep(
        String trace, String step, String name, String options, String action, Expect expect, String source) {

    /** What an agent must answer. */
    public enum Expect {
        DATA,
        NOTFOUND,
        OPTIONAL
    }

    private static final String RESOURCE = "windows-boot.tsv";

    /** All steps of a trace, in their order. */
    public static List<TraceStep> of(String trace) {
        List<TraceStep> steps =
                all().stream().filter(step -> step.trace().equals(trace)).toList();
        if (steps.isEmpty()) {
            throw new LabException("there is no trace '" + trace + "' in " + RESOURCE);
        }
        return steps;
    }

    static List<TraceStep> all() {
        try (InputStream in = TraceStep.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new LabException(RESOURCE + " is not in the jar: build the lab again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(TraceStep::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }

    private static TraceStep parse(String line) {
        String[] columns = line.split("\t");
        if (columns.length != 7) {
            throw new LabException(RESOURCE + " has a line of " + columns.length + " columns instead of 7: " + line);
        }
        return new TraceStep(
                columns[0],
                columns[1],
                columns[2],
                columns[3].equals("-") ? "" : columns[3],
                columns[4],
                Expect.valueOf(columns[5]),
                columns[6]);
    }
}
