package org.pxemesh.bench.tftp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.bench.Bench;
import org.pxemesh.bench.QuietOffice;
import org.pxemesh.bench.Report;
import org.pxemesh.bench.Samples;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.site.Namespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Our TFTP server beside dnsmasq, tftpd-hpa and atftpd: real agents and servers on hosts of one switch, the same files, the
 * same client. Subjects take turns within each round, so that what else the machine does meets all of them; of each
 * figure the median of the rounds counts.
 */
@Command(
        name = "tftp",
        description = "TFTP: rate, time per transfer and CPU, ours beside dnsmasq, tftpd-hpa and atftpd")
public final class TftpBench extends Bench {
    private static final String SMALL = "debian-installer/amd64/linux";
    private static final String LITTLE = "debian-installer/amd64/bootnetx64.efi";
    private static final String BIG = "debian-installer/amd64/initrd.gz";

    private static final Load LOCK_STEP = new Load(1, 2, 1456, 1, 0);
    private static final Load STORM = new Load(32, 64, 1456, 1, 0);
    private static final Load WINDOWED_STORM = new Load(32, 64, 1456, 8, 0);

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "how often each case runs (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--full", description = "all block and window sizes instead of the four cases with budgets")
    private boolean full;

    @Option(names = "--loss", description = "with --full: only cases with so many percent of loss, 0 or 1")
    private @Nullable Integer lossPercent;

    @Option(names = "--add", description = "keep the rows of the last run for cases that do not run now")
    private boolean add;

    @Option(names = "--host", defaultValue = "auto", description = "host of our agent: auto, linux or portable")
    private String host = "auto";

    @Option(names = "--only", description = "only cases whose name contains this text")
    private String only = "";

    private final List<Subject> subjects = new ArrayList<>();

    @Override
    protected void measure(Report report) throws InterruptedException {
        try {
            // The others send blocks of 8192 as fragments; so may ours in the cases that have such blocks.
            List<String> settings = full ? List.of("-Dpxemesh.tftp.largest-block=8192") : List.of();
            QuietOffice.measure("bench-tftp", host, settings, office -> measure(office, report));
        } finally {
            subjects.forEach(subject -> subject.cpu().close());
        }
        judge(report);
        if (add) {
            report.keepEarlierRows();
        }
        say("Drawn: " + RatePlot.write(report.rows()));
    }

    private void measure(Office office, Report report) {
        Path small = Office.INSTALLER.resolve(SMALL);
        Path big = Office.INSTALLER.resolve(BIG);
        Path little = Office.INSTALLER.resolve(LITTLE);
        Agent agent = office.agents().getFirst();
        subjects.add(Subject.of("ours", agent.address(), "debian-installer/amd64/", true, agent.process()));
        subjects.addAll(Others.start(office.site(), List.of(small, big, little)));
        Namespace visitor = office.site().officePc("visitor");
        LoadClient client = LoadClient.make(office.site().folder(), visitor);
        for (Load load : loads()) {
            if (!load.name().contains(only)) {
                continue;
            }
            // Who has no windows would do with them what it does in lock-step.
            List<Subject> able = subjects.stream()
                    .filter(subject -> subject.windows() || load.windowSize() == 1 || !full)
                    .toList();
            Path file = load.lossPercent() > 0 ? little : load.clients() == 1 ? big : small;
            Map<Subject, Samples<Sample>> samples =
                    Samples.inTurns(rounds, able, subject -> sample(client, subject, file, load));
            samples.forEach((subject, all) -> row(report, subject, load, all));
        }
    }

    /**
     * One client fetches the big file, as a machine does; many fetch the small one, so that a run stays short; what loses
     * packets the little one, since some servers wait a second and more for each lost packet.
     */
    private static Sample sample(LoadClient client, Subject subject, Path file, Load load) {
        double cpuBefore = subject.cpu().seconds();
        JsonNode said = client.run(subject.address(), subject.folder() + file.getFileName(), file, load);
        double cpu = subject.cpu().seconds() - cpuBefore;
        double gigabytes = said.path("MBps").asDouble() * said.path("seconds").asDouble() / 1000;
        return new Sample(
                said.path("MBps").asDouble(),
                said.path("p50_ms").asDouble(),
                said.path("p99_ms").asDouble(),
                gigabytes > 0 ? cpu / gigabytes : 0,
                said.path("failed").asInt() + said.path("bad").asInt());
    }

    private record Sample(double rate, double p50, double p99, double cpuPerGigabyte, int failures) {}

    private void row(Report report, Subject subject, Load load, Samples<Sample> samples) {
        ObjectNode row = report.row(subject.name(), load.name());
        row.put("MBps", samples.median(Sample::rate, 2));
        row.put("p50_ms", samples.median(Sample::p50, 2));
        row.put("p99_ms", samples.median(Sample::p99, 2));
        row.put("cpuSecondsPerGB", samples.median(Sample::cpuPerGigabyte, 2));
        row.put("rssMB", Math.round(subject.rssMegabytes()));
        row.put("failures", Math.round(samples.sum(Sample::failures)));
        say(String.format(
                "%-44s %-10s %8.1f MB/s  p50 %8.1f ms  p99 %8.1f ms  %6.2f CPU s/GB  %4d MB  %d failures",
                load.name(),
                subject.name(),
                row.path("MBps").asDouble(),
                row.path("p50_ms").asDouble(),
                row.path("p99_ms").asDouble(),
                row.path("cpuSecondsPerGB").asDouble(),
                row.path("rssMB").asLong(),
                row.path("failures").asInt()));
    }

    private List<Load> loads() {
        if (!full) {
            return List.of(LOCK_STEP, new Load(1, 3, 1456, 8, 0), STORM, WINDOWED_STORM);
        }
        List<Load> loads = new ArrayList<>();
        for (int loss : new int[] {0, 1}) {
            for (int clients : new int[] {1, 32}) {
                for (int blockSize : new int[] {512, 1456, 8192}) {
                    for (int windowSize : new int[] {1, 4, 8, 16}) {
                        if (lossPercent == null || lossPercent == loss) {
                            loads.add(new Load(clients, clients, blockSize, windowSize, loss));
                        }
                    }
                }
            }
        }
        return loads;
    }

    /** The budgets of docs/performance.md: against the best of the others, in the same run. */
    private void judge(Report report) {
        against(report, LOCK_STEP, 1.0, Double.NaN);
        against(report, STORM, 1.1, 0.8);
        against(report, WINDOWED_STORM, 2.5, 1.0 / 3);
    }

    private static void against(Report report, Load load, double rate, double cpu) {
        List<JsonNode> rows = report.rows(load.name());
        List<JsonNode> others = rows.stream()
                .filter(r -> !r.path("subject").asText().equals("ours"))
                .toList();
        if (rows.size() == others.size() || others.isEmpty()) {
            return;
        }
        JsonNode ours = rows.stream()
                .filter(r -> r.path("subject").asText().equals("ours"))
                .findFirst()
                .orElseThrow();
        double bestRate = others.stream()
                .mapToDouble(r -> r.path("MBps").asDouble())
                .max()
                .orElseThrow();
        double bestCpu = others.stream()
                .mapToDouble(r -> r.path("cpuSecondsPerGB").asDouble())
                .min()
                .orElseThrow();
        report.atLeast(
                load.name() + ": rate against the best of the others",
                ours.path("MBps").asDouble() / bestRate,
                rate);
        if (!Double.isNaN(cpu)) {
            report.atMost(
                    load.name() + ": CPU against the best of the others",
                    ours.path("cpuSecondsPerGB").asDouble() / bestCpu,
                    cpu);
        }
        report.atMost(load.name() + ": our failures", ours.path("failures").asInt(), 0);
    }
}
