package org.pxemesh.policyservice.epoch;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.Event;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.hq.FencedException;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.policyservice.desk.Desk;

/**
 * Renews the epoch daily: agents act on HQ's records for 30 days after its last renewal. Drops what was deleted before
 * that, since no agent may still need to hear of it.
 */
@ApplicationScoped
public class EpochKeeper {

    private static final Logger LOG = Logger.getLogger(EpochKeeper.class);

    /** How long agents act on HQ's word after they last heard from it. */
    static final Duration VALIDITY = Duration.ofDays(30);

    private static final Duration RENEWAL = Duration.ofDays(1);

    private final Desk desk;
    private final InstantSource clock;

    EpochKeeper(Desk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** Looks often and writes seldom: the first epoch of a new HQ must not wait, and a failed write is tried again. */
    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void keep() {
        if (desk.trouble() != null) {
            return;
        }
        try {
            Instant now = clock.instant();
            desk.say(snapshot -> snapshot.epoch()
                    .filter(epoch -> now.isBefore(epoch.issuedAt().plus(RENEWAL)))
                    .<List<Event>>map(fresh -> List.of())
                    .orElseGet(() -> List.of(
                            next(snapshot.epoch().map(EpochRenewed::epoch).orElse(0L), now))));
            desk.bury(TopicCatalog.TOMBSTONES, now);
        } catch (FencedException | ProblemException e) {
            LOG.warnf("epoch=not-renewed cause=\"%s\"", e.getMessage());
        }
    }

    static EpochRenewed next(long last, Instant now) {
        return new EpochRenewed(last + 1, now, now.plus(VALIDITY));
    }
}
