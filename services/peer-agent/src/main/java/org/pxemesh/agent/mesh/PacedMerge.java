package org.pxemesh.agent.mesh;

import org.jgroups.Event;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;

/**
 * Looks for other groups in the segment. Coordinators speak often, so that a healed partition is one group again within
 * seconds; the others speak rarely, and only for the case that one of them missed a view: what all say often, wakes all.
 */
final class PacedMerge extends MERGE3 {
    private static final long COORDINATOR_MILLIS = 3_000;
    private static final long MEMBER_MILLIS = 30_000;

    PacedMerge() {
        setId(ClassConfigurator.getProtocolId(MERGE3.class));
        setMaxInterval(COORDINATOR_MILLIS);
        setMinInterval(1_000);
    }

    @Override
    public Object down(Event event) {
        if (event.getType() == Event.VIEW_CHANGE) {
            View next = event.getArg();
            // Before the view is followed: its timers start anew with it.
            setMaxInterval(next.getCoord().equals(local_addr) ? COORDINATOR_MILLIS : MEMBER_MILLIS);
        }
        return super.down(event);
    }
}
