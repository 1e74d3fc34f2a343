package org.pxemesh.policyservice.firmware;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.Event;
import org.pxemesh.events.FirmwareLearned;
import org.pxemesh.events.FirmwareObserved;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.hq.CompactedFollower;
import org.pxemesh.hq.DeadLetters;
import org.pxemesh.hq.FencedException;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.netboot.pxe.ReplyForms;
import org.pxemesh.policy.firmware.FirmwareConsensus;
import org.pxemesh.policyservice.desk.Desk;

/**
 * Follows what the sites observe and writes what they agree on. It reads the topic's seven days anew at each start: sites
 * repeat themselves daily, so that nothing else needs to be kept.
 */
@Startup
@ApplicationScoped
public class FirmwareIntake {

    private static final Logger LOG = Logger.getLogger(FirmwareIntake.class);

    /** Agents' clocks are not always right; a word from later than that is made up. */
    private static final Duration CLOCKS_APART = Duration.ofDays(1);

    private final Map<String, Object> kafka;
    private final TrustedKeys trusted;
    private final DeadLetters deadLetters;
    private final Desk desk;
    private final InstantSource clock;
    private final FirmwareConsensus consensus = new FirmwareConsensus();
    private @Nullable CompactedFollower follower;

    FirmwareIntake(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            TrustedKeys trusted,
            DeadLetters deadLetters,
            Desk desk,
            InstantSource clock) {
        this.kafka = kafka;
        this.trusted = trusted;
        this.deadLetters = deadLetters;
        this.desk = desk;
        this.clock = clock;
    }

    /** What sites said so far. */
    public <T> T read(Function<FirmwareConsensus, T> question) {
        synchronized (consensus) {
            return question.apply(consensus);
        }
    }

    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void conclude() {
        if (desk.trouble() != null) {
            return;
        }
        if (follower == null) {
            follower =
                    new CompactedFollower(kafka, List.of(TopicCatalog.UP_FIRMWARE), trusted, new Words(), deadLetters);
        }
        if (!follower.caughtUp()) {
            return;
        }
        try {
            Instant now = clock.instant();
            desk.say(snapshot -> read(words ->
                    words.verdicts(snapshot.firmware(), snapshot.sites().keySet(), now).stream()
                            .<Event>map(FirmwareLearned::new)
                            .toList()));
        } catch (FencedException | ProblemException e) {
            LOG.warnf("firmware=not-written cause=\"%s\"", e.getMessage());
        }
    }

    @PreDestroy
    void close() {
        if (follower != null) {
            follower.close();
        }
    }

    /** Takes words in; what no agent of ours would say goes to the dead letters, and strangers have no word. */
    private final class Words implements CompactedFollower.View {
        @Override
        public void apply(SignedRecord record, Event event) {
            if (event instanceof FirmwareObserved observed) {
                Instant now = clock.instant();
                Instant at = record.envelope().time();
                if (!ObservedFirmware.isGenuine(observed.fingerprint())
                        || ReplyForms.named(observed.form()).isEmpty()
                        || at.isAfter(now.plus(CLOCKS_APART))) {
                    throw new IllegalArgumentException("no observation of a firmware: fingerprint "
                            + observed.fingerprint().id() + " form " + observed.form() + " at " + at);
                }
                if (desk.snapshot().sites().containsKey(observed.siteId())) {
                    read(words -> {
                        words.observed(observed, at.isAfter(now) ? now : at);
                        return words;
                    });
                }
            }
        }

        @Override
        public void forget(String topic, String key) {
            // Not a compacted topic: there are no tombstones.
        }
    }
}
