package org.pxemesh.bench.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.pxemesh.bench.Bench;
import org.pxemesh.bench.CpuAccount;
import org.pxemesh.bench.Report;
import org.pxemesh.bench.ResidentMemory;
import org.pxemesh.bench.dhcp.Storm;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.Run;
import org.pxemesh.lab.office.SmallPackage;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Namespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A segment as large as the design's, with all its agents on this machine: what each costs while nobody boots, and how
 * long machines that broadcast a DISCOVER wait for their offer once the uplink was killed. Each machine is a new one, so that
 * all peers that are left take turns in answering; a second offer is one that a further peer sent though the first had
 * answered.
 */
@Command(name = "segment", description = "Segment of 50 peers: memory and CPU while idle, and how long an offer takes")
public final class SegmentBench extends Bench {
    private static final Storm.Shape COLD = new Storm.Shape(200, 0, 20);
    private static final Storm.Shape WARM = new Storm.Shape(1_000, 0, 20);
    private static final Storm.Shape MORNING = new Storm.Shape(500, 0, 50);

    private static final double PLAIN_MEGABYTES = 120;
    private static final double UPLINK_MEGABYTES = 200;
    private static final double IDLE_PERCENT = 0.3;
    private static final double OFFER_MILLIS = 20;
    private static final double SECOND_OFFERS_PERCENT = 0.1;

    private static final double FAILOVER_SECONDS = 5;

    private static final Duration ASSEMBLED = Duration.ofMinutes(5);
    private static final Duration SETTLE_LOOK = Duration.ofSeconds(15);
    private static final Duration SETTLED_AT_LAST = Duration.ofMinutes(2);

    /** Part of the time used at the look before. */
    private static final double SETTLED = 0.8;

    private static final double SHOWN_PERCENT = 0.005;

    @Option(names = "--peers", defaultValue = "50", description = "how many (default: ${DEFAULT-VALUE})")
    private int peers = 50;

    @Option(
            names = "--idle-seconds",
            defaultValue = "60",
            description = "how long nobody boots (default: ${DEFAULT-VALUE})")
    private int idleSeconds = 60;

    private record Peer(Agent agent, boolean uplink, CpuAccount cpu) {
        double megabytes() {
            return ResidentMemory.megabytes(agent.name(), agent.process());
        }
    }

    private record Idle(Peer peer, double megabytes, double cpuPercent) {}

    private final List<Peer> members = new ArrayList<>();

    @Override
    protected void measure(Report report) throws InterruptedException {
        try {
            ObjectNode played = Run.play(
                    "bench-segment",
                    new Office.Plan(peers, DhcpServer.DNSMASQ, "auto"),
                    (office, result) -> measure(office, report));
            if (!played.path("ok").asBoolean()) {
                throw new LabException(played.path("error").asText());
            }
        } finally {
            members.forEach(peer -> peer.cpu().close());
        }
    }

    private void measure(Office office, Report report) throws InterruptedException {
        // First the mesh, then content: while all start, HQ has no processor either, and content takes that for a full
        // link.
        Assembly assembly = new Assembly(office);
        assembly.awaitOneMesh(ASSEMBLED);
        double met = office.timeline().seconds();
        office.timeline().say("All " + peers + " peers are one mesh");
        SmallPackage.enable(
                office.hq(),
                office.site().folder().resolve(Office.KITS),
                List.of(office.site().subnets().site()));
        assembly.awaitServing(ASSEMBLED);
        report.row("all peers", "start")
                .put("secondsToOneMesh", met)
                .put("secondsToServing", office.timeline().seconds());
        for (Agent agent : office.agents()) {
            members.add(new Peer(
                    agent,
                    isUplink(agent),
                    CpuAccount.of("segment-" + agent.name(), agent.process().pid())));
        }
        int seconds = settle();
        office.timeline()
                .say("All " + peers + " peers serve in one mesh and came to rest within " + seconds
                        + " s; nobody boots for " + idleSeconds + " s");
        idle(report);
        failover(office, report);
        // From here on HQ would only count boots, on the same processors. One that stands still would look reachable.
        office.timeline().close();
        office.hq().processes().forEach(LabProcess::kill);
        storms(office, report);
    }

    private void failover(Office office, Report report) {
        // The role may have moved since the start.
        Agent uplink = office.agents().stream()
                .filter(SegmentBench::isUplink)
                .findFirst()
                .orElseThrow();
        double seconds = Failover.seconds(office, uplink);
        report.row("uplink", "killed").put("secondsToSuccessor", seconds);
        say(String.format(Locale.ROOT, "uplink killed: HQ heard of its successor after %.2f s", seconds));
        report.atMost("uplink killed: s until HQ heard of its successor", seconds, FAILOVER_SECONDS);
    }

    private static boolean isUplink(Agent agent) {
        return segment(agent).path("role").asText().equals("uplink");
    }

    static JsonNode segment(Agent agent) {
        return agent.status().path("segments").path(0);
    }

    /**
     * Waits until the agents did what follows a start: compiling, saying what they hold, closing what they need no more.
     *
     * @return after how many seconds the last look showed no less work than the one before
     */
    private int settle() throws InterruptedException {
        double former = Double.MAX_VALUE;
        for (int looks = 1; ; looks++) {
            double began = spent();
            Thread.sleep(SETTLE_LOOK);
            double used = spent() - began;
            if (used > former * SETTLED || looks * SETTLE_LOOK.toSeconds() >= SETTLED_AT_LAST.toSeconds()) {
                return (int) (looks * SETTLE_LOOK.toSeconds());
            }
            former = used;
        }
    }

    /** Processor seconds of all agents so far. */
    private double spent() {
        return members.stream().mapToDouble(peer -> peer.cpu().seconds()).sum();
    }

    private void idle(Report report) throws InterruptedException {
        Map<String, Double> threads = plainThreads();
        List<Double> before = members.stream().map(peer -> peer.cpu().seconds()).toList();
        long began = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(idleSeconds));
        double seconds = (System.nanoTime() - began) / 1e9;
        List<Idle> all = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Peer peer = members.get(i);
            all.add(new Idle(peer, peer.megabytes(), (peer.cpu().seconds() - before.get(i)) / seconds * 100));
        }
        threads(report, threads, seconds);
        List<Idle> plain = all.stream().filter(idle -> !idle.peer().uplink()).toList();
        List<Idle> uplinks = all.stream().filter(idle -> idle.peer().uplink()).toList();
        row(report, "plain peer", plain);
        row(report, "uplink", uplinks);
        report.atMost("plain peer, idle: median MB", median(plain, Idle::megabytes), PLAIN_MEGABYTES);
        report.atMost("uplink, idle: MB", median(uplinks, Idle::megabytes), UPLINK_MEGABYTES);
        report.atMost("plain peer, idle: median CPU, %", median(plain, Idle::cpuPercent), IDLE_PERCENT);
        report.atMost("uplink, idle: CPU, %", median(uplinks, Idle::cpuPercent), IDLE_PERCENT);
    }

    private Map<String, Double> plainThreads() {
        Map<String, Double> sum = new TreeMap<>();
        members.stream()
                .filter(peer -> !peer.uplink())
                .forEach(peer -> ThreadTimes.seconds(peer.agent().process().pid())
                        .forEach((name, seconds) -> sum.merge(name, seconds, Double::sum)));
        return sum;
    }

    /** Where an idle plain peer's processor time goes, by the names of threads; the mean of all plain peers. */
    private void threads(Report report, Map<String, Double> before, double seconds) {
        long plain = members.stream().filter(peer -> !peer.uplink()).count();
        Map<String, Double> percent = new TreeMap<>();
        plainThreads()
                .forEach((name, after) ->
                        percent.put(name, (after - before.getOrDefault(name, 0.0)) / seconds / plain * 100));
        percent.entrySet().stream()
                .filter(thread -> thread.getValue() >= SHOWN_PERCENT)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(thread -> {
                    report.row("plain peer, thread " + thread.getKey(), "idle")
                            .put("meanCpuPercent", thread.getValue());
                    say(String.format(
                            Locale.ROOT, "  thread %-16s CPU mean %.3f %%", thread.getKey(), thread.getValue()));
                });
    }

    private static void row(Report report, String subject, List<Idle> idle) {
        if (idle.isEmpty()) {
            throw new LabException("the segment has no " + subject);
        }
        ObjectNode row = report.row(subject, "idle");
        row.put("peers", idle.size());
        row.put("medianMB", median(idle, Idle::megabytes));
        row.put("maxMB", max(idle, Idle::megabytes));
        row.put("medianCpuPercent", median(idle, Idle::cpuPercent));
        row.put("maxCpuPercent", max(idle, Idle::cpuPercent));
        say(String.format(
                Locale.ROOT,
                "%-12s %3d  memory median %6.1f MB, most %6.1f MB   CPU median %.3f %%, most %.3f %%",
                subject,
                idle.size(),
                row.path("medianMB").asDouble(),
                row.path("maxMB").asDouble(),
                row.path("medianCpuPercent").asDouble(),
                row.path("maxCpuPercent").asDouble()));
    }

    private void storms(Office office, Report report) {
        Namespace host = office.site().plug("machines", "eth0");
        host.ip("address", "add", office.site().subnets().fixed(242) + "/24", "dev", "eth0");
        Storm storm = Storm.make(office.site().folder(), host);
        // The first answers of each agent run code that the JVM has not compiled yet, as in a branch on a Monday.
        storm(report, storm, COLD, "the first " + COLD.name());
        JsonNode warm = storm(report, storm, WARM, WARM.name());
        storm(report, storm, MORNING, MORNING.name());
        report.atMost(WARM.name() + ": p99, ms", warm.path("p99_ms").asDouble(), OFFER_MILLIS);
        report.atMost(
                WARM.name() + ": machines without an offer", warm.path("lost").asDouble(), 0);
        report.atMost(
                WARM.name() + ": second offers, %",
                warm.path("secondOffersPercent").asDouble(),
                SECOND_OFFERS_PERCENT);
    }

    private static JsonNode storm(Report report, Storm storm, Storm.Shape shape, String name) {
        JsonNode said = storm.at("255.255.255.255", shape);
        ObjectNode row = report.row("all peers", name);
        row.put("machines", said.path("clients").asInt());
        for (String figure : List.of("p50_ms", "p99_ms", "max_ms")) {
            row.put(figure, said.path(figure).asDouble());
        }
        row.put("lost", said.path("lost").asInt());
        row.put(
                "secondOffersPercent",
                said.path("doubled").asDouble() / said.path("clients").asDouble() * 100);
        say(String.format(
                Locale.ROOT,
                "%-36s p50 %7.2f ms  p99 %7.2f ms  max %8.2f ms  %d lost  %.2f %% second offers",
                name,
                row.path("p50_ms").asDouble(),
                row.path("p99_ms").asDouble(),
                row.path("max_ms").asDouble(),
                row.path("lost").asInt(),
                row.path("secondOffersPercent").asDouble()));
        return row;
    }

    private static double median(List<Idle> all, ToDoubleFunction<Idle> figure) {
        List<Double> sorted = all.stream().map(figure::applyAsDouble).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static double max(List<Idle> all, ToDoubleFunction<Idle> figure) {
        return all.stream().mapToDouble(figure).max().orElseThrow();
    }
}
