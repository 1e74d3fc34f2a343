package org.pxemesh.lab.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.hq.HqPorts;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.Timeline;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Subnets;

/** HQ, some branches, and one package on its way to all of their peers while uplinks are killed. */
final class Distribution {
    private static final String ALL_COMPUTERS = "a11c0000-0000-4000-8000-000000000001";
    private static final String REF = "payload@1";
    private static final Duration READY = Duration.ofSeconds(120);

    /**
     * What is played.
     *
     * @param megabytes of the package, in 10^6 bytes, at least 58
     * @param kills uplinks of each site that are killed on the way, evenly spread
     * @param atMost chunk bytes that may leave HQ for a site, as a multiple of the package
     */
    record Plan(List<Branch.Plan> branches, int megabytes, int kills, double atMost) {}

    private final Plan plan;
    private final Path folder;
    private final Timeline timeline;
    private final Hq hq;
    private final ContentLog log;
    private final List<Branch> branches = new ArrayList<>();
    private final Map<Branch, Integer> killed = new HashMap<>();
    private final List<Branch.Plan> plans;

    private Distribution(Plan plan, String runId, Path folder, Traces traces, Timeline timeline) {
        this.plan = plan;
        this.folder = folder;
        this.timeline = timeline;
        this.plans = plan.branches;
        Subnets subnets = Subnets.free();
        for (int n = 0; n < plans.size(); n++) {
            branches.add(Branch.make(plans.get(n), n + 1, subnets, runId, folder, traces));
        }
        timeline.say("Starting HQ behind " + branches.size() + " WAN links");
        Path tree = tree();
        hq = Hq.start(
                new Hq.Settings(
                        HqPorts.free(),
                        folder.resolve("hq"),
                        folder,
                        branches.getFirst().hqAddress(),
                        List.of(tree),
                        Map.of(
                                "QUARKUS_HTTP_ACCESS_LOG_ENABLED",
                                "true",
                                "QUARKUS_HTTP_ACCESS_LOG_PATTERN",
                                ContentLog.PATTERN)),
                traces);
        log = new ContentLog(hq.processes().stream()
                .filter(process -> process.name().equals("package-service"))
                .findFirst()
                .orElseThrow());
        for (int n = 0; n < plans.size(); n++) {
            branches.get(n).hold(plans.get(n).mbit(), hq.settings().ports());
        }
        timeline.follow(hq.console());
    }

    /** Makes the sites and HQ, plays, and fills in the result; a {@link LabException} says what did not hold. */
    static void play(Plan plan, String runId, Path folder, Traces traces, Timeline timeline, ObjectNode result) {
        Distribution distribution = new Distribution(plan, runId, folder, traces, timeline);
        distribution.startPeers();
        JsonNode built = distribution.build();
        distribution.distribute(built, result);
    }

    /** The installer's tree and a file that fills it up; nobody boots it. */
    private Path tree() {
        Path tree = folder.resolve("tree");
        try {
            long bytes = 0;
            try (Stream<Path> files = Files.walk(Office.INSTALLER)) {
                for (Path file : files.toList()) {
                    Path copy = tree.resolve(Office.INSTALLER.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(file, copy);
                        bytes += Files.size(copy);
                    }
                }
            }
            byte[] rest = new byte[(int) Math.max(1, plan.megabytes * 1_000_000L - bytes)];
            new Random(42).nextBytes(rest);
            Files.write(tree.resolve("payload.bin"), rest);
            return tree;
        } catch (IOException e) {
            throw new LabException("the package's tree cannot be made in " + tree + ": " + e, e);
        }
    }

    private void startPeers() {
        Api api = hq.api();
        for (Branch branch : branches) {
            api.post("/api/v1/sites", """
                    {"name": "%s", "kind": "BRANCH", "networks": [%s]}
                    """.formatted(
                    branch.name(),
                    String.join(
                            ", ",
                            branch.networks().stream().map(n -> '"' + n + '"').toList())));
            for (BranchPeer peer : branch.peers()) {
                branch.start(peer, hq);
                // One after the other: a dozen virtual machines that start at once on two cores take longer together.
                Until.isTrue(peer.name() + " to answer", READY, () -> {
                    peer.requireAlive();
                    return peer.status().isPresent();
                });
            }
        }
        for (Branch branch : branches) {
            for (BranchPeer peer : branch.peers()) {
                Until.isTrue(peer.name() + " to see its segment", READY, () -> isInItsSegment(branch, peer));
            }
        }
        Until.isTrue("HQ to know every segment's uplink", READY, () -> {
            int elected = 0;
            for (JsonNode segment : api.get("/api/v1/segments")) {
                elected += segment.has("siteName")
                                && segment.path("uplink").path("present").asBoolean()
                        ? 1
                        : 0;
            }
            return elected == branches.stream().mapToInt(Branch::segments).sum();
        });
        timeline.say("All peers see their segments");
    }

    private static boolean isInItsSegment(Branch branch, BranchPeer peer) {
        peer.requireAlive();
        long members = branch.peers().stream()
                .filter(other -> other.segment() == peer.segment())
                .count();
        return peer.status()
                .map(status -> status.path("segments").path(0))
                .filter(segment -> segment.path("members").size() == members
                        && segment.path("serving").asBoolean())
                .isPresent();
    }

    private JsonNode build() {
        Api api = hq.api();
        api.post("/api/v1/packages/imports", """
                {"name": "payload", "version": "1", "kind": "auto", "source": {"directory": "%s"}}
                """.formatted(folder.resolve("tree")));
        Until.isTrue(
                "the package to be built",
                READY,
                () -> api.get("/api/v1/packages").toString().contains("payload"));
        api.post("/api/v1/deployments", """
                {"name": "payload", "packageRef": "%s", "unknownComputers": true, "kind": "REQUIRED"}
                """.formatted(REF));
        JsonNode policy = api.post("/api/v1/policies", """
                {"name": "all", "collections": ["%s"], "unknownComputers": "BOOT"}
                """.formatted(ALL_COMPUTERS));
        timeline.say("Pressing Enable");
        api.post("/api/v1/policies/" + policy.path("id").asText() + "/enable", "");
        for (JsonNode pkg : api.get("/api/v1/packages")) {
            if (pkg.toString().contains("payload")) {
                return pkg;
            }
        }
        throw new LabException("the package is gone again");
    }

    private void distribute(JsonNode built, ObjectNode result) {
        Map<Branch, Usage> before = new HashMap<>();
        branches.forEach(branch -> before.put(branch, Usage.of(branch)));
        Map<Branch, Double> done = new HashMap<>();
        long bytes = size();
        double began = timeline.seconds();
        List<Restart> restarts = new ArrayList<>();
        Until.isTrue("all peers to hold the package", Duration.ofSeconds(240), () -> {
            for (Branch branch : branches) {
                killIfDue(branch, bytes, restarts);
                if (!done.containsKey(branch)
                        && killed.getOrDefault(branch, 0) >= plan.kills
                        && branch.peers().stream().allMatch(peer -> peer.isAlive() && peer.held(REF) >= bytes)) {
                    done.put(branch, timeline.seconds() - began);
                    timeline.say("All peers of " + branch.name() + " hold the package");
                }
            }
            restarts.removeIf(this::restart);
            return done.size() == branches.size();
        });
        String manifest = manifest(built);
        result.put("package_bytes", bytes);
        ArrayNode sites = result.putArray("sites");
        boolean held = true;
        for (int n = 0; n < branches.size(); n++) {
            Branch branch = branches.get(n);
            for (BranchPeer peer : branch.peers()) {
                long verified = Contents.verify(branch.state(peer), manifest);
                if (verified != bytes) {
                    throw new LabException(peer.name() + " holds " + verified + " of " + bytes + " bytes");
                }
            }
            ObjectNode site = sites.addObject();
            Usage used = Usage.of(branch).minus(Objects.requireNonNull(before.get(branch)));
            double ratio = (double) log.bytesTo(branch) / bytes;
            held &= ratio <= plan.atMost;
            double ideal = bytes * 8.0 / (plans.get(n).mbit() * 1e6);
            site.put("site", branch.name()).put("segments", branch.segments());
            site.put("peers", branch.peers().size())
                    .put("peers_verified", branch.peers().size());
            site.put("uplinks_killed", killed.getOrDefault(branch, 0));
            site.put("chunk_bytes_from_hq", log.bytesTo(branch)).put("chunk_requests", log.requestsOf(branch));
            site.put("chunk_bytes_by_package_size", rounded(ratio));
            site.put("content_frame_bytes", used.content).put("kafka_frame_bytes", used.kafka);
            site.put("wire_bytes_down", used.down).put("wire_bytes_up", used.up);
            site.put("wire_bytes_down_by_package_size", rounded((double) used.down / bytes));
            site.put("seconds", rounded(Objects.requireNonNull(done.get(branch))))
                    .put("ideal_seconds", rounded(ideal));
            bySource(branch, site.putObject("bytes_by_peer_and_source"));
        }
        if (!held) {
            throw new LabException(
                    "more chunk bytes than " + plan.atMost + " times the package left HQ for a site: " + sites);
        }
    }

    private void killIfDue(Branch branch, long bytes, List<Restart> restarts) {
        int count = killed.getOrDefault(branch, 0);
        if (count >= plan.kills || log.bytesTo(branch) < bytes * (count + 1) / (plan.kills + 1)) {
            return;
        }
        // Where there are several segments, each loses one in its turn.
        int segment = 1 + count % branch.segments();
        branch.peers().stream()
                .filter(peer -> peer.segment() == segment && peer.isAlive() && peer.isUplink())
                .findFirst()
                .ifPresent(uplink -> {
                    timeline.say(
                            "SIGKILL to " + uplink.name() + ", uplink of segment " + segment + " of " + branch.name());
                    uplink.kill();
                    killed.put(branch, count + 1);
                    restarts.add(new Restart(branch, uplink, timeline.seconds() + 6));
                });
    }

    private record Restart(Branch branch, BranchPeer peer, double at) {}

    private boolean restart(Restart restart) {
        if (timeline.seconds() < restart.at) {
            return false;
        }
        timeline.say("Starting the agent on " + restart.peer.name() + " again");
        restart.branch.start(restart.peer, hq);
        return true;
    }

    private long size() {
        for (JsonNode pkg : hq.api().get("/api/v1/distribution")) {
            if (pkg.path("packageRef").asText().equals(REF)) {
                return pkg.path("bytes").asLong();
            }
        }
        throw new LabException("HQ does not list " + REF);
    }

    private static String manifest(JsonNode built) {
        var found = java.util.regex.Pattern.compile("[0-9a-f]{64}").matcher(built.toString());
        if (!found.find()) {
            throw new LabException("the package's record names no manifest: " + built);
        }
        return found.group();
    }

    private void bySource(Branch branch, ObjectNode json) {
        Map<String, String> names = new HashMap<>();
        for (Branch any : branches) {
            any.peers()
                    .forEach(peer -> peer.status()
                            .ifPresent(
                                    status -> names.put(status.path("agentId").asText(), peer.name())));
        }
        for (BranchPeer peer : branch.peers()) {
            ObjectNode sources = json.putObject(peer.name());
            peer.status()
                    .ifPresent(status -> status.path("sources")
                            .path(REF)
                            .properties()
                            .forEach(entry -> {
                                String source = entry.getKey();
                                String id = source.replaceFirst("^[a-z]+:", "");
                                sources.put(
                                        source.replace(id, names.getOrDefault(id, id)),
                                        entry.getValue().asLong());
                            }));
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    private record Usage(long content, long kafka, long down, long up) {
        static Usage of(Branch branch) {
            Wan wan = branch.wan();
            return new Usage(wan.contentBytes(), wan.kafkaBytes(), wan.bytesDown(), wan.bytesUp());
        }

        Usage minus(Usage before) {
            return new Usage(content - before.content, kafka - before.kafka, down - before.down, up - before.up);
        }
    }
}
