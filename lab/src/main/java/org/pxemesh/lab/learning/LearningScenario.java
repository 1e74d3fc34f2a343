package org.pxemesh.lab.learning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pxemesh.lab.office.Run;
import org.pxemesh.lab.scenario.LabScenario;

/** What branches learn and find, told to all by HQ. */
public final class LearningScenario implements LabScenario {

    @Override
    public String name() {
        return "learning";
    }

    @Override
    public String about() {
        return "three branches learn which reply form a firmware takes, the fourth knows it; findings come and go";
    }

    @Override
    public ObjectNode run() throws InterruptedException {
        return run("lab-learning");
    }

    static ObjectNode run(String folder) throws InterruptedException {
        return Run.playAnywhere(folder, Learning::play);
    }
}
