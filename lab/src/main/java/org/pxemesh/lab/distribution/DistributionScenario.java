package org.pxemesh.lab.distribution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.pxemesh.lab.office.Run;
import org.pxemesh.lab.scenario.LabScenario;

/** One copy per site over a narrow WAN, with uplinks that die on the way. */
public final class DistributionScenario implements LabScenario {
    /** What the budget is measured with. */
    private static final Distribution.Plan FULL = new Distribution.Plan(
            List.of(new Branch.Plan("paris", List.of(3, 3), 20), new Branch.Plan("lyon", List.of(6), 20)), 60, 2, 1.02);

    @Override
    public String name() {
        return "distribution";
    }

    @Override
    public String about() {
        return "two sites, one of two segments, 20 Mbit/s each: one copy over the WAN though uplinks are killed";
    }

    @Override
    public ObjectNode run() throws InterruptedException {
        return run("lab-distribution", FULL);
    }

    static ObjectNode run(String folder, Distribution.Plan plan) throws InterruptedException {
        return Run.playAnywhere(
                folder,
                (runId, path, traces, timeline, result) ->
                        Distribution.play(plan, runId, path, traces, timeline, result));
    }
}
