package org.pxemesh.bench.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pxemesh.bench.Bench;
import org.pxemesh.bench.Report;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Namespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One peer has a package, N gather it: how long until the last one has it, against {@code F/C * (1 + log2(N)/M)}, where F is
 * the package's size, C the rate of every peer's uplink and M the number of chunks. The peers are the agent's own content
 * side (swarm, store, HTTP server and client) in one process, each at its own loopback address, whose packets
 * {@code tc} holds to C.
 */
@Command(name = "swarm", description = "N peers gather a package from one: seconds against the floor of their links.")
public final class SwarmBench extends Bench {
    /** Share of the processors beyond which they are the limit, and not the lines. */
    private static final double BUSY = 0.85;

    private static final double BUDGET = 1.25;

    @Option(names = "--peers", split = ",", defaultValue = "2,4,8,16", description = "rows: how many gather")
    List<Integer> peers = List.of();

    @Option(names = "--megabytes", defaultValue = "32", description = "the package's size, in 2^20 bytes")
    int megabytes;

    @Option(names = "--mbit", defaultValue = "40", description = "each peer's uplink, in 10^6 bit/s")
    int mbit;

    @Option(names = "--small", defaultValue = "0", description = "files of 16 KiB beside the large one")
    int small;

    /** Made and filled in by picocli. */
    public SwarmBench() {}

    @Override
    protected void measure(Report report) {
        String runId = Traces.newRunId(Clock.systemUTC().instant());
        Path folder = Tree.state().resolve("bench-swarm");
        try (Traces traces = Traces.open(Tree.journals(), runId)) {
            for (int count : peers) {
                Namespace lan = lan("pxm-" + runId + "-s" + count, count, traces);
                JsonNode result = run(lan, count, folder, traces);
                long bytes = result.path("bytes").asLong();
                int chunks = result.path("chunks").asInt();
                double floor = bytes * 8.0 / (mbit * 1e6) * (1 + Math.log(count) / Math.log(2) / chunks);
                double seconds = result.path("seconds").asDouble();
                ObjectNode row = report.row("ours", count + " peers");
                row.put("peers", count)
                        .put("bytes", bytes)
                        .put("chunks", chunks)
                        .put("mbit_per_peer", mbit);
                row.put("seconds", seconds).put("floor_seconds", floor).put("seconds_by_floor", seconds / floor);
                row.put("copies_from_the_first", result.path("copies").asDouble());
                row.put("cpu_seconds", result.path("cpu").asDouble());
                row.put(
                        "micros_per_decision_of_262144_chunks",
                        result.path("decision").asDouble());
                // Peers that wait for the processors measure this machine: such a row is shown and not judged.
                boolean isBorne = result.path("cpu").asDouble()
                        < BUSY * seconds * Runtime.getRuntime().availableProcessors();
                row.put("judged", isBorne);
                if (isBorne) {
                    report.atMost(count + " peers: seconds by floor", seconds / floor, BUDGET);
                }
                say("%d peers: %.2f s, floor %.2f s, %.3f times".formatted(count, seconds, floor, seconds / floor));
            }
        }
    }

    /** A namespace whose loopback holds what each address sends to one rate; headers are on top of the payload's rate. */
    private Namespace lan(String name, int count, Traces traces) {
        Namespace lan = Namespace.make(name, traces);
        lan.run("tc", "qdisc", "add", "dev", "lo", "root", "handle", "1:", "htb");
        for (int n = 0; n <= count; n++) {
            String id = "1:" + Integer.toHexString(0x10 + n);
            lan.run(
                    "tc",
                    "class",
                    "add",
                    "dev",
                    "lo",
                    "parent",
                    "1:",
                    "classid",
                    id,
                    "htb",
                    "rate",
                    mbit + "mbit",
                    "burst",
                    "128kb",
                    "cburst",
                    "128kb",
                    "mtu",
                    "66000");
            lan.run(
                    "tc",
                    "filter",
                    "add",
                    "dev",
                    "lo",
                    "parent",
                    "1:",
                    "protocol",
                    "ip",
                    "u32",
                    "match",
                    "ip",
                    "src",
                    SwarmRun.address(n) + "/32",
                    "flowid",
                    id);
        }
        return lan;
    }

    private JsonNode run(Namespace lan, int count, Path folder, Traces traces) {
        Path jar = Tree.jar("services/peer-agent/target/quarkus-app/quarkus-run.jar");
        List<String> command = new ArrayList<>(List.of(
                Tree.java(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                Tree.jar("bench/target/pxemesh-bench.jar") + ":" + jar.resolveSibling("app") + "/*:"
                        + jar.resolveSibling("lib/main") + "/*:" + jar.resolveSibling("lib/boot") + "/*",
                SwarmRun.class.getName(),
                Integer.toString(count),
                Integer.toString(megabytes),
                folder.resolve("state-" + count).toString(),
                Integer.toString(small)));
        LabProcess process = LabProcess.start("swarm-" + count, lan.exec(command), Map.of(), folder, traces);
        Until.isTrue("the swarm of " + count + " to end", Duration.ofSeconds(120), () -> !process.alive());
        String line = process.logText()
                .lines()
                .filter(text -> text.startsWith("{"))
                .findFirst()
                .orElseThrow(() -> new LabException("the swarm of " + count + " gave no result; see " + process.log()));
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new LabException("not a result: " + line, e);
        }
    }
}
