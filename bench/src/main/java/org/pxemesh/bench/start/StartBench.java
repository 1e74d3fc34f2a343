package org.pxemesh.bench.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pxemesh.bench.Bench;
import org.pxemesh.bench.CpuAccount;
import org.pxemesh.bench.Report;
import org.pxemesh.bench.ResidentMemory;
import org.pxemesh.bench.Samples;
import org.pxemesh.bench.dhcp.Storm;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.Run;
import org.pxemesh.lab.office.SmallPackage;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Namespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A peer of a segment whose power fails and that starts again, with and without its AOT cache in turns: how long from the
 * start of its process to its first offer, how long the machines waited that asked it then, and what it keeps in memory
 * when nobody asks any more. HQ stands still meanwhile, as it may for a branch.
 */
@Command(
        name = "start",
        description = "An agent's start: time to its first offer, cold answers, memory; with and without the AOT cache")
public final class StartBench extends Bench {
    private static final double START_SECONDS = 1.5;
    private static final double PLAIN_MEGABYTES = 120;
    private static final Storm.Shape COLD = new Storm.Shape(100, 0, 20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CASE = "start";

    @Option(names = "--rounds", defaultValue = "3", description = "starts of each kind (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(
            names = "--peers",
            defaultValue = "3",
            description = "of the segment, 2 or more (default: ${DEFAULT-VALUE})")
    private int peers = 3;

    @Option(
            names = "--idle-seconds",
            defaultValue = "15",
            description = "how long nobody asks before memory is read (default: ${DEFAULT-VALUE})")
    private int idleSeconds = 15;

    @Option(
            names = "--also",
            paramLabel = "FILE",
            description = "another AOT cache to compare with, made by 'pxemesh-agent prepare'; may be repeated")
    private List<Path> also = List.of();

    /** How an agent is started. */
    private record Kind(String words, Map<String, String> environment) {
        private static final Kind CACHE = new Kind("with the cache", Map.of());
        private static final Kind PLAIN = new Kind("without", Map.of("PXEMESH_AOT_CACHE", "off"));

        static Kind with(Path cache) {
            return new Kind(
                    "with " + cache.getFileName(),
                    Map.of("PXEMESH_AOT_CACHE", cache.toAbsolutePath().toString()));
        }
    }

    private record Start(double seconds, double cpuSeconds, JsonNode cold, double megabytes) {
        double cold(String figure) {
            return cold.path(figure).asDouble();
        }
    }

    @Override
    protected void measure(Report report) throws InterruptedException {
        ObjectNode played = Run.play(
                "bench-start",
                new Office.Plan(peers, DhcpServer.DNSMASQ, "auto"),
                (office, result) -> measure(office, report));
        if (!played.path("ok").asBoolean()) {
            throw new LabException(played.path("error").asText());
        }
    }

    private void measure(Office office, Report report) {
        SmallPackage.enable(
                office.hq(),
                office.site().folder().resolve(Office.KITS),
                List.of(office.site().subnets().site()));
        Until.isTrue(
                "all peers to serve in one mesh",
                PATIENCE,
                () -> office.agents().stream()
                        .allMatch(agent -> members(agent) == peers && agent.serves(SmallPackage.REF)));
        office.hq().processes().forEach(process -> Shell.run("kill", "-STOP", Long.toString(process.pid())));
        Agent subject = office.agents().stream()
                .filter(agent -> !segment(agent).path("role").asText().equals("uplink"))
                .findFirst()
                .orElseThrow(() -> new LabException("all peers are uplinks"));
        Namespace host = office.site().plug("machines", "eth0");
        host.ip("address", "add", office.site().subnets().fixed(242) + "/24", "dev", "eth0");
        FirstOffer firstOffer = FirstOffer.make(office.site().folder(), host);
        Storm storm = Storm.make(office.site().folder(), host);
        subject.process().kill();
        List<Kind> kinds = new ArrayList<>(List.of(Kind.CACHE));
        also.forEach(cache -> kinds.add(Kind.with(cache)));
        kinds.add(Kind.PLAIN);
        Map<Kind, Samples<Start>> starts =
                Samples.inTurns(rounds, kinds, kind -> start(office, subject, kind, firstOffer, storm));
        starts.forEach((kind, samples) -> row(report, kind, samples));
        report.atMost(
                "start to the first offer, with the cache: median s",
                report.figure(CASE, Kind.CACHE.words, "secondsToOffer"),
                START_SECONDS);
        report.atMost(
                "plain peer, idle, with the cache: median MB",
                report.figure(CASE, Kind.CACHE.words, "medianMB"),
                PLAIN_MEGABYTES);
    }

    private Start start(Office office, Agent killed, Kind kind, FirstOffer firstOffer, Storm storm) {
        Agent other = office.agents().stream()
                .filter(agent -> !agent.name().equals(killed.name()))
                .findFirst()
                .orElseThrow(() -> new LabException("a segment of " + peers + " peers: --peers 2 or more"));
        Until.isTrue("the others to be among themselves", PATIENCE, () -> members(other) == peers - 1);
        FirstOffer.Waiting waiting = firstOffer.waitFor(killed.address());
        long began = System.nanoTime();
        Agent agent = killed.again(office.site(), office.hq(), "auto", kind.environment);
        try (CpuAccount cpu = CpuAccount.of("start", agent.process().pid())) {
            return started(agent, kind, waiting, began, cpu, storm);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted");
        }
    }

    private Start started(Agent agent, Kind kind, FirstOffer.Waiting waiting, long began, CpuAccount cpu, Storm storm)
            throws InterruptedException {
        try {
            double seconds = (waiting.nanos() - began) / 1e9;
            double cpuSeconds = cpu.seconds();
            JsonNode cold = storm.at("255.255.255.255", COLD);
            Thread.sleep(Duration.ofSeconds(idleSeconds));
            double megabytes = ResidentMemory.megabytes(agent.name(), agent.process());
            say(String.format(
                    Locale.ROOT,
                    "%-15s first offer after %.2f s (%.2f CPU s)  then p50 %.2f p99 %.2f max %.2f ms, %d second offers  %.1f MB",
                    kind.words,
                    seconds,
                    cpuSeconds,
                    cold.path("p50_ms").asDouble(),
                    cold.path("p99_ms").asDouble(),
                    cold.path("max_ms").asDouble(),
                    cold.path("doubled").asInt(),
                    megabytes));
            return new Start(seconds, cpuSeconds, cold, megabytes);
        } finally {
            agent.process().kill();
        }
    }

    private static int members(Agent agent) {
        return segment(agent).path("members").size();
    }

    private static JsonNode segment(Agent agent) {
        return agent.status().path("segments").path(0);
    }

    private void row(Report report, Kind kind, Samples<Start> samples) {
        ObjectNode row = report.row(kind.words, CASE);
        row.put("starts", rounds);
        row.put("secondsToOffer", samples.median(Start::seconds, 2));
        row.put(
                "slowestSeconds",
                samples.rounds().stream().mapToDouble(Start::seconds).max().orElseThrow());
        row.put("cpuSecondsToOffer", samples.median(Start::cpuSeconds, 2));
        row.put("medianMB", samples.median(Start::megabytes, 1));
        for (String figure : List.of("p50_ms", "p99_ms", "max_ms")) {
            row.put("cold_" + figure, samples.median(start -> start.cold(figure), 2));
        }
        row.put("machines", Math.round(samples.sum(start -> start.cold("clients"))));
        row.put("secondOffers", Math.round(samples.sum(start -> start.cold("doubled"))));
        row.put("lost", Math.round(samples.sum(start -> start.cold("lost"))));
    }
}
