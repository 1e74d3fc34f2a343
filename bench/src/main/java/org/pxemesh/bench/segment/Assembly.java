package org.pxemesh.bench.segment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.SmallPackage;
import org.pxemesh.lab.run.Until;

/**
 * Waits until all agents of an office are one mesh, and until they serve. It asks seldom, and no agent again that was ready:
 * they share this machine's processors with the questions, and the one that fetches for all would be slowest of all.
 */
final class Assembly {
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final Office office;
    private final int peers;

    Assembly(Office office) {
        this.office = office;
        this.peers = office.agents().size();
    }

    /** @throws LabException when they do not find together in time, with how many each of them saw last */
    void awaitOneMesh(Duration atMost) throws InterruptedException {
        await("be one mesh", atMost, () -> true, agent -> seen(agent) == peers);
    }

    /** @throws LabException when they do not all serve the package in time */
    void awaitServing(Duration atMost) throws InterruptedException {
        await(
                "serve in one mesh",
                atMost,
                () -> holders() >= peers,
                agent -> seen(agent) == peers && agent.serves(SmallPackage.REF));
    }

    private void await(String what, Duration atMost, BooleanSupplier first, Predicate<Agent> ready)
            throws InterruptedException {
        List<Agent> waiting = new ArrayList<>(office.agents());
        long deadline = System.nanoTime() + Until.patience(atMost).toNanos();
        while (true) {
            waiting.forEach(agent -> agent.process().requireAlive());
            boolean worthAsking = first.getAsBoolean();
            while (worthAsking && !waiting.isEmpty() && ready.test(waiting.getFirst())) {
                waiting.removeFirst();
            }
            if (waiting.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new LabException("waited " + Until.patience(atMost).toSeconds() + " s in vain for " + peers
                        + " peers to " + what + "; HQ knows " + holders() + " holders; these were not ready: "
                        + waiting.stream()
                                .map(agent -> agent.name() + " (sees " + seen(agent) + ")")
                                .collect(Collectors.joining(", ")));
            }
            Thread.sleep(BETWEEN);
        }
    }

    private int holders() {
        int most = 0;
        for (JsonNode pkg : office.hq().api().get("/api/v1/distribution")) {
            most = Math.max(most, pkg.path("holders").asInt());
        }
        return most;
    }

    private static int seen(Agent agent) {
        return SegmentBench.segment(agent).path("members").size();
    }
}
