package org.pxemesh.bench.dhcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pxemesh.bench.Bench;
import org.pxemesh.bench.CpuAccount;
import org.pxemesh.bench.QuietOffice;
import org.pxemesh.bench.Report;
import org.pxemesh.bench.Samples;
import org.pxemesh.bench.dhcp.Storm.Shape;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A morning's storm of boot clients at our agent and at dnsmasq as proxy, on hosts of one switch: offers per second, how
 * long a client waits, what it costs the server. Subjects take turns within each round; of each figure the median counts.
 */
@Command(name = "dhcp", description = "DHCP: offers per second, waiting time and CPU, ours beside dnsmasq as proxy")
public final class DhcpBench extends Bench {
    private static final Shape ONE = new Shape(1_000, 1, 0);
    private static final Shape STORM = new Shape(10_000, 32, 0);
    private static final Shape FLOOD = new Shape(10_000, 256, 0);
    private static final Shape MORNING = new Shape(4_000, 0, 1_000);

    /** The design's, for a segment of 50 peers; here one peer has it all to itself. */
    private static final double P99_MILLIS = 20;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "how often each case runs (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--host", defaultValue = "auto", description = "host of our agent: auto, linux or portable")
    private String host = "auto";

    private record Subject(String name, String address, LabProcess process, CpuAccount cpu) {
        static Subject of(String name, String address, LabProcess process) {
            return new Subject(name, address, process, CpuAccount.of(name + "-dhcp", process.pid()));
        }
    }

    private record Sample(JsonNode said, double cpuSeconds) {
        double said(String figure) {
            return said.path(figure).asDouble();
        }
    }

    private final List<Subject> subjects = new ArrayList<>();

    @Override
    protected void measure(Report report) throws InterruptedException {
        try {
            QuietOffice.measure("bench-dhcp", host, office -> measure(office, report));
        } finally {
            subjects.forEach(subject -> subject.cpu().close());
        }
        judge(report);
    }

    private void measure(Office office, Report report) {
        Agent agent = office.agents().getFirst();
        subjects.add(Subject.of("ours", agent.address(), agent.process()));
        subjects.add(dnsmasq(office.site()));
        Namespace storm = office.site().plug("storm", "eth0");
        storm.ip("address", "add", office.site().subnets().fixed(242) + "/24", "dev", "eth0");
        Storm load = Storm.make(office.site().folder(), storm);
        subjects.forEach(subject -> load.at(subject.address(), new Shape(2_000, 8, 0)));
        for (Shape shape : List.of(ONE, STORM, FLOOD, MORNING)) {
            Map<Subject, Samples<Sample>> samples =
                    Samples.inTurns(rounds, subjects, subject -> sample(load, subject, shape));
            samples.forEach((subject, all) -> row(report, subject, shape, all));
        }
    }

    private static Sample sample(Storm load, Subject subject, Shape shape) {
        double before = subject.cpu().seconds();
        JsonNode said = load.at(subject.address(), shape);
        return new Sample(said, subject.cpu().seconds() - before);
    }

    /** One program for x64 UEFI, the prompt off: the shortest way through its code. */
    private static Subject dnsmasq(Site site) {
        Namespace proxy = site.plug("dnsmasq", "eth0");
        String address = site.subnets().fixed(241);
        proxy.ip("address", "add", address + "/24", "dev", "eth0");
        LabProcess process = site.start(
                "dnsmasq-proxy",
                proxy,
                List.of(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--port=0",
                        "--user=root",
                        "--interface=eth0",
                        "--bind-interfaces",
                        "--dhcp-range=" + site.subnets().fixed(0) + ",proxy,255.255.255.0",
                        "--pxe-service=X86-64_EFI,boot,snponly.efi",
                        "--pxe-prompt=Boot,0",
                        "--quiet-dhcp",
                        "--pid-file=" + site.folder().resolve("dnsmasq-proxy.pid"),
                        "--log-facility=-"),
                Map.of());
        process.awaitLog("DHCP, proxy on subnet", Duration.ofSeconds(10));
        return Subject.of("dnsmasq", address, process);
    }

    private static void row(Report report, Subject subject, Shape shape, Samples<Sample> samples) {
        ObjectNode row = report.row(subject.name(), shape.name());
        row.put("clients", shape.clients());
        for (String figure : List.of("offersPerSecond", "p50_ms", "p99_ms", "max_ms")) {
            row.put(figure, samples.median(s -> s.said(figure), 3));
        }
        row.put("cpuMicrosPerOffer", samples.median(s -> s.cpuSeconds() * 1e6 / Math.max(1, s.said("answered")), 3));
        row.put("lost", Math.round(samples.sum(s -> s.said("lost"))));
        row.put("doubled", Math.round(samples.sum(s -> s.said("doubled"))));
        say(String.format(
                Locale.ROOT,
                "%-26s %-8s %8.0f offers/s  p50 %7.2f ms  p99 %7.2f ms  max %8.2f ms  %6.1f CPU us/offer  %d lost  %d doubled",
                shape.name(),
                subject.name(),
                row.path("offersPerSecond").asDouble(),
                row.path("p50_ms").asDouble(),
                row.path("p99_ms").asDouble(),
                row.path("max_ms").asDouble(),
                row.path("cpuMicrosPerOffer").asDouble(),
                row.path("lost").asInt(),
                row.path("doubled").asInt()));
    }

    private static void judge(Report report) {
        report.atLeast(
                STORM.name() + ": offers per second against dnsmasq",
                report.figure(STORM.name(), "ours", "offersPerSecond")
                        / report.figure(STORM.name(), "dnsmasq", "offersPerSecond"),
                1.0);
        report.atMost(MORNING.name() + ": our p99, ms", report.figure(MORNING.name(), "ours", "p99_ms"), P99_MILLIS);
        report.atMost(
                MORNING.name() + ": our clients without an offer", report.figure(MORNING.name(), "ours", "lost"), 0);
    }
}
