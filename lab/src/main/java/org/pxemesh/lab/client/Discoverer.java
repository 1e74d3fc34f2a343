package org.pxemesh.lab.client;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/** A {@link PxeProbe} on a host of its own in a site. */
public final class Discoverer implements AutoCloseable {
    /**
     * A proxy offer.
     *
     * @param responder its sender
     * @param millis after the DISCOVER
     */
    public record Offer(String responder, double millis) {}

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private int xid = 0x70786d00;

    private Discoverer(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Plugs it in and waits until it is ready to send. */
    public static Discoverer plugIn(Site site) {
        Namespace host = site.plug("probe", "eth0");
        host.ip("address", "add", site.subnets().fixed(240) + "/24", "dev", "eth0");
        host.ip("route", "add", "255.255.255.255", "dev", "eth0");
        try {
            Process process = new ProcessBuilder(host.exec(List.of(
                            Tree.java(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Djava.net.preferIPv4Stack=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            PxeProbe.class.getName())))
                    .redirectError(site.folder().resolve("probe.log").toFile())
                    .start();
            site.traces().process(process);
            Discoverer discoverer = new Discoverer(process);
            discoverer.readLine();
            return discoverer;
        } catch (IOException e) {
            throw new LabException("the probe cannot be started: " + e.getMessage(), e);
        }
    }

    /** One DISCOVER of a machine, and all offers of the next 0.7 s, the earliest first. */
    public List<Offer> discover(String mac) {
        try {
            input.write(String.format(Locale.ROOT, "%s %08x%n", mac, ++xid));
            input.flush();
            List<Offer> offers = new ArrayList<>();
            for (String line = readLine(); !line.equals("end"); line = readLine()) {
                String[] words = line.split(" ");
                offers.add(new Offer(words[1], Long.parseLong(words[2]) / 1000.0));
            }
            return offers;
        } catch (IOException e) {
            throw new LabException("the probe is gone: " + e.getMessage(), e);
        }
    }

    private String readLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new LabException("the probe ended; see probe.log");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
