package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.Run;

/** Something that must hold in an office, from power button to operating system. */
interface Scenario extends LabScenario {
    /** The office that it needs. */
    Office.Plan office();

    /** Plays it; a {@link org.pxemesh.lab.LabException} says what did not hold. The figures are shown at the end. */
    void play(Office office, ObjectNode figures) throws InterruptedException;

    @Override
    default ObjectNode run() throws InterruptedException {
        return Run.play("lab-" + name(), office(), this::play);
    }
}
