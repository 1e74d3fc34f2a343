package org.pxemesh.bench.segment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.SmallPackage;
import org.pxemesh.lab.run.Until;

/**
 * Waits until all agents of an office are one mesh and serve. It asks seldom, HQ first, and no agent again that was ready:
 * they share this machine's processors with the questions, and the one that fetches for all would be slowest of all.
 */
final class Assembly {
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final Office office;
    private final List<Agent> waiting;
    private final int peers;

    Assembly(Office office) {
        this.office = office;
        this.waiting = new ArrayList<>(office.agents());
        this.peers = waiting.size();
    }

    /** @throws LabException when they do not find together in time, with what was seen last */
    void await(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + Until.patience(atMost).toNanos();
        while (!isDone()) {
            if (System.nanoTime() > deadline) {
                throw new LabException("waited " + Until.patience(atMost).toSeconds() + " s in vain for " + peers
                        + " peers to serve in one mesh; HQ knows " + holders() + " holders; these are not ready: "
                        + waiting.stream()
                                .map(agent -> agent.name() + " (" + seen(agent) + " members)")
                                .collect(Collectors.joining(", ")));
            }
            Thread.sleep(BETWEEN);
        }
    }

    private boolean isDone() {
        office.agents().forEach(agent -> agent.process().requireAlive());
        if (holders() < peers) {
            return false;
        }
        waiting.removeIf(agent -> seen(agent) == peers && agent.serves(SmallPackage.REF));
        return waiting.isEmpty();
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
