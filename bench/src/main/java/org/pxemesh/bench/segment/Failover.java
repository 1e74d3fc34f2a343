package org.pxemesh.bench.segment;

import java.time.Duration;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.Timeline;
import org.pxemesh.lab.run.Until;

/** Kills an office's uplink, and measures how long HQ has none. */
final class Failover {
    private static final Duration AT_LAST = Duration.ofSeconds(60);

    private Failover() {}

    /**
     * @return seconds from the SIGKILL to when HQ's live events tell of the successor, so that it is elected and connected
     */
    static double seconds(Office office, Agent uplink) {
        double killed = office.timeline().seconds();
        office.kill(uplink);
        Timeline.Entry elected = Until.found(
                "HQ to hear of another uplink",
                AT_LAST,
                () -> office.timeline().since(killed).stream()
                        .filter(event -> event.type().equals("PeerElected"))
                        .filter(event -> !event.data().path("address").asText().equals(uplink.address()))
                        .findFirst());
        return elected.second() - killed;
    }
}
