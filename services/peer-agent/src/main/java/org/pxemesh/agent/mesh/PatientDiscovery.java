package org.pxemesh.agent.mesh;

import java.util.List;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.PING;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.util.Util;
import org.pxemesh.mesh.JoinPace;

/**
 * Finds the group. Whoever is not let in at once asks again after longer and longer times that differ from peer to peer,
 * because each question is one for everybody; and only the first members of the view answer it.
 */
final class PatientDiscovery extends PING {
    /** Enough that a slow coordinator does not make a group look like none. */
    private static final int WHO_ANSWER = 8;

    private final GMS gms;
    private int attempts;

    PatientDiscovery(GMS gms) {
        this.gms = gms;
        setId(ClassConfigurator.getProtocolId(PING.class));
    }

    @Override
    public Object down(Event event) {
        if (event.getType() != Event.FIND_INITIAL_MBRS) {
            return super.down(event);
        }
        long asked = event.getArg();
        if (attempts++ > 0) {
            gms.setJoinTimeout(JoinPace.next(asked, Math.random()));
        }
        return super.down(new Event(Event.FIND_INITIAL_MBRS, gms.getJoinTimeout()));
    }

    @Override
    protected void sendDiscoveryResponse(List<PingData> found, Address to) {
        var current = view;
        if (current == null || Util.getRank(current, local_addr) <= WHO_ANSWER) {
            super.sendDiscoveryResponse(found, to);
        }
    }
}
