package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pxemesh.lab.office.Office;

/** Something that must hold in an office, from power button to operating system. */
interface Scenario {
    /** As {@code ./mesh lab} takes it. */
    String name();

    /** One line for the list. */
    String about();

    /** The office that it needs. */
    Office.Plan office();

    /** Plays it; a {@link org.pxemesh.lab.LabException} says what did not hold. The figures are shown at the end. */
    void play(Office office, ObjectNode figures) throws InterruptedException;
}
