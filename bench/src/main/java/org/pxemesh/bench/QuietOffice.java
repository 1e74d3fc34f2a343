package org.pxemesh.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.Run;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.site.DhcpServer;

/**
 * Where servers are measured side by side: an office with one agent that is enabled and holds its package, and an HQ that
 * stands still from then on, so that only servers and their clients use the processors.
 */
public final class QuietOffice {

    /** What is measured there. */
    @FunctionalInterface
    public interface Measurement {
        void in(Office office) throws InterruptedException;
    }

    private QuietOffice() {}

    /** Measures with an agent as it comes. */
    public static void measure(String name, String host, Measurement measurement) throws InterruptedException {
        measure(name, host, List.of(), measurement);
    }

    /**
     * Opens the office, measures, and cleans up.
     *
     * @param name of the folder under {@code .pxemesh} that keeps the logs
     * @param host of the agent: auto, linux or portable
     * @param settings of the agent, {@code -Dname=value} each
     * @throws LabException with the reason when something did not work
     */
    public static void measure(String name, String host, List<String> settings, Measurement measurement)
            throws InterruptedException {
        ObjectNode played = Run.play(name, new Office.Plan(1, DhcpServer.DNSMASQ, host, settings), (office, result) -> {
            office.enable();
            office.hq().processes().forEach(p -> Shell.run("kill", "-STOP", Long.toString(p.pid())));
            measurement.in(office);
        });
        if (!played.path("ok").asBoolean()) {
            throw new LabException(played.path("error").asText());
        }
    }
}
