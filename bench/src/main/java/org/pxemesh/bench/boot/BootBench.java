package org.pxemesh.bench.boot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pxemesh.bench.Bench;
import org.pxemesh.bench.QuietOffice;
import org.pxemesh.bench.Report;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.reference.Dnsmasq;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Site;
import org.pxemesh.lab.site.Subnets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Seconds from a machine's first DISCOVER to its operating system's first line: at a site with our agent, and at one with
 * dnsmasq as proxy and BusyBox' web server. The same tree by the same means: pxelinux and TFTP for BIOS; iPXE over TFTP,
 * kernel and RAM disk over HTTP for UEFI. One machine at a time, the sites in turns; of each the median counts.
 */
@Command(name = "boot", description = "Boots: DISCOVER to the system's first line, ours beside dnsmasq as proxy")
public final class BootBench extends Bench {
    private static final int NEXT_SITE = 110;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "boots per site and firmware (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--host", defaultValue = "auto", description = "host of our agent: auto, linux or portable")
    private String host = "auto";

    @Override
    protected void measure(Report report) throws InterruptedException {
        QuietOffice.measure("bench-boot", host, office -> {
            Map<String, Site> sites = new LinkedHashMap<>();
            sites.put("ours", office.site());
            sites.put("dnsmasq", reference(office));
            for (Firmware firmware : Firmware.values()) {
                measure(firmware, sites, report);
            }
        });
        for (Firmware firmware : Firmware.values()) {
            report.atMost(
                    firmware + ": seconds against dnsmasq",
                    report.figure(firmware.name(), "ours", "seconds")
                            / report.figure(firmware.name(), "dnsmasq", "seconds"),
                    1.0);
        }
    }

    /** A site of its own, so that nobody answers the other's machines. */
    private static Site reference(Office office) {
        Path folder = office.site().folder().resolve("reference");
        Site site = Site.make(
                Traces.newRunId(Clock.systemUTC().instant()) + "b",
                Subnets.freeFrom(NEXT_SITE),
                folder,
                office.site().traces());
        DhcpServer.DNSMASQ.startIn(site);
        Dnsmasq reference = new Dnsmasq(site);
        try {
            reference.prepare();
            reference.startWithWeb();
        } catch (IOException e) {
            throw new LabException("dnsmasq's tree cannot be made: " + e.getMessage(), e);
        }
        return site;
    }

    private void measure(Firmware firmware, Map<String, Site> sites, Report report) {
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            List<String> turns = new ArrayList<>(sites.keySet());
            if (round % 2 == 1) {
                turns = turns.reversed();
            }
            for (String subject : turns) {
                String name = subject + "-" + firmware.name().toLowerCase(Locale.ROOT) + "-" + round;
                double took = TimedBoot.of(
                        site(sites, subject), firmware, name, Office.mac(16 + 2 * round + firmware.ordinal()));
                say(String.format(Locale.ROOT, "%-18s %6.2f s", name, took));
                seconds.computeIfAbsent(subject, s -> new ArrayList<>()).add(took);
            }
        }
        for (String subject : sites.keySet()) {
            List<Double> sorted =
                    seconds.getOrDefault(subject, List.of()).stream().sorted().toList();
            ObjectNode row = report.row(subject, firmware.name());
            row.put("seconds", sorted.get(sorted.size() / 2));
            sorted.forEach(row.putArray("all")::add);
        }
    }

    private static Site site(Map<String, Site> sites, String subject) {
        Site site = sites.get(subject);
        if (site == null) {
            throw new IllegalStateException("no site " + subject);
        }
        return site;
    }
}
