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
import java.util.function.Function;
import org.pxemesh.bench.Bench;
import org.pxemesh.bench.Comparison;
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
 * dnsmasq as proxy and BusyBox' web server. The same tree by the same means, the quickest that each side has: for BIOS, whose
 * card has iPXE, its script, kernel and RAM disk over HTTP; for UEFI iPXE over TFTP and then the same. One machine at a time,
 * the sites in turns.
 *
 * <p>The machine itself does nine tenths of it, and no boot of it takes as long as the last. So the budget is missed when ours
 * are slower by more than the rounds explain ({@link Comparison}); the ratio of the medians stands beside it, and the same
 * until the last byte, since nobody but the machine has a part in what follows.
 */
@Command(name = "boot", description = "Boots: DISCOVER to the system's first line, ours beside dnsmasq as proxy")
public final class BootBench extends Bench {
    private static final int NEXT_SITE = 110;

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "boots per site and firmware (default: ${DEFAULT-VALUE})")
    private int rounds = 7;

    @Option(names = "--firmware", defaultValue = "all", description = "bios, uefi or all (default)")
    private String only = "all";

    @Option(names = "--add", description = "keep the rows of the last run for the firmware that does not run now")
    private boolean add;

    @Option(
            names = "--dnsmasq-pxelinux",
            description =
                    "dnsmasq gives BIOS machines pxelinux over TFTP, though their ROM is an iPXE: shows what the script saves")
    private boolean pxelinux;

    @Option(names = "--host", defaultValue = "auto", description = "host of our agent: auto, linux or portable")
    private String host = "auto";

    @Override
    protected void measure(Report report) throws InterruptedException {
        QuietOffice.measure("bench-boot", host, office -> {
            Map<String, Site> sites = new LinkedHashMap<>();
            sites.put("ours", office.site());
            sites.put("dnsmasq", reference(office, pxelinux));
            for (Firmware firmware : firmware()) {
                measure(firmware, sites, report);
            }
        });
        if (add) {
            report.keepEarlierRows();
        }
    }

    private List<Firmware> firmware() {
        return only.equals("all") ? List.of(Firmware.values()) : List.of(Firmware.named(only));
    }

    /** A site of its own, so that nobody answers the other's machines. */
    private static Site reference(Office office, boolean pxelinux) {
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
            reference.startWithWeb(pxelinux);
        } catch (IOException e) {
            throw new LabException("dnsmasq's tree cannot be made: " + e.getMessage(), e);
        }
        return site;
    }

    private void measure(Firmware firmware, Map<String, Site> sites, Report report) {
        Map<String, List<BootSteps>> boots = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            List<String> turns = new ArrayList<>(sites.keySet());
            if (round % 2 == 1) {
                turns = turns.reversed();
            }
            for (String subject : turns) {
                String name = subject + "-" + firmware.name().toLowerCase(Locale.ROOT) + "-" + round;
                BootSteps boot = TimedBoot.of(
                        site(sites, subject), firmware, name, Office.mac(16 + 2 * round + firmware.ordinal()));
                say(String.format(Locale.ROOT, "%-18s %6.2f s", name, boot.seconds()));
                boots.computeIfAbsent(subject, s -> new ArrayList<>()).add(boot);
            }
        }
        boots.forEach((subject, all) -> BootRow.write(report.row(subject, firmware.name()), all));
        judge(firmware, boots, report);
    }

    private static void judge(Firmware firmware, Map<String, List<BootSteps>> boots, Report report) {
        Comparison whole = compare(boots, BootSteps::seconds);
        ObjectNode row = report.row("ours beside dnsmasq", firmware.name());
        BootRow.write(row.putObject("first-line"), whole);
        BootRow.write(row.putObject("last-byte"), compare(boots, BootSteps::secondsToLastByte));
        report.atMost(firmware + ": seconds against dnsmasq, lower end of 95 %", BootRow.rounded(whole.low()), 1.0);
    }

    private static Comparison compare(Map<String, List<BootSteps>> boots, Function<BootSteps, Double> figure) {
        return Comparison.of(figures(boots, "ours", figure), figures(boots, "dnsmasq", figure));
    }

    private static List<Double> figures(
            Map<String, List<BootSteps>> boots, String subject, Function<BootSteps, Double> figure) {
        return boots.getOrDefault(subject, List.of()).stream().map(figure).toList();
    }

    private static Site site(Map<String, Site> sites, String subject) {
        Site site = sites.get(subject);
        if (site == null) {
            throw new IllegalStateException("no site " + subject);
        }
        return site;
    }
}
