package org.pxemesh.agent.segment;

import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.BootSide;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.host.NetworkPort;

/** Tells the boot side where it serves, and remembers why it does not. Confined to the segment's thread. */
final class BootPost {
    private static final Logger LOG = Logger.getLogger(BootPost.class);
    private static final long RETRY_NANOS = 5_000_000_000L;

    private final BootSide boot;
    private final NetworkPort port;
    private @Nullable Segment served;
    private @Nullable Network wanted;
    private volatile @Nullable String problem;
    private volatile boolean serving;
    private long triedNanos;

    /** Makes the segment that the boot side gets. */
    interface Maker {
        Segment of(SegmentAgent agent, UUID siteId, UUID segmentId, NetworkPort port);
    }

    BootPost(BootSide boot, NetworkPort port) {
        this.boot = boot;
        this.port = port;
    }

    boolean isServing() {
        return serving;
    }

    /** Why the sockets could not be had. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Serves, moves or leaves, as the site map says. */
    void judge(SegmentAgent agent, Network network, Maker maker) {
        var now = served;
        if (now != null
                && network.isServed()
                && now.siteId().equals(network.siteId())
                && now.segmentId().equals(network.segmentId())) {
            return;
        }
        leave();
        wanted = network.isServed() ? network : null;
        serve(agent, maker);
    }

    /** Another program may have let the port go by now. */
    void retry(Maker maker, SegmentAgent agent) {
        if (wanted != null && served == null && System.nanoTime() - triedNanos > RETRY_NANOS) {
            serve(agent, maker);
        }
    }

    void drain() {
        if (served != null) {
            boot.drain(served);
        }
    }

    void leave() {
        if (served != null) {
            boot.leave(served);
            served = null;
            serving = false;
            LOG.infof("event=left interface=%s", port.name());
        }
    }

    private void serve(SegmentAgent agent, Maker maker) {
        if (wanted == null) {
            problem = null;
            return;
        }
        triedNanos = System.nanoTime();
        var segment = maker.of(agent, wanted.siteId(), wanted.segmentId(), port);
        try {
            boot.serve(segment);
            served = segment;
            serving = true;
            problem = null;
        } catch (StartProblem e) {
            failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Not foreseen, and no reason to give up: the next try may find the port free.
            failed("the boot side did not start: " + e);
        }
    }

    private void failed(String reason) {
        if (!reason.equals(problem)) {
            LOG.errorf("event=not-serving interface=%s reason=\"%s\"", port.name(), reason);
        }
        problem = reason;
    }
}
