package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Something that {@code ./mesh lab} can play. */
public interface LabScenario {
    /** As {@code ./mesh lab} takes it. */
    String name();

    /** One line for the list. */
    String about();

    /** Makes all that it needs, plays it and cleans up; {@code ok} of the result tells whether all of it held. */
    ObjectNode run() throws InterruptedException;
}
