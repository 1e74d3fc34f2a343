package org.pxemesh.policyservice.desk;

import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.AdministratorActed;
import org.pxemesh.events.ComputerDeleted;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.Topic;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.hq.CompactedFollower;
import org.pxemesh.hq.DeadLetters;
import org.pxemesh.hq.FencedWriter;
import org.pxemesh.hq.HqConfig;
import org.pxemesh.hq.TopicMaker;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.policy.PolicySnapshot;

/**
 * The one place through which HQ's policy changes: an act is judged against the newest state, written with its audit
 * record in one transaction, and answered when the view has read it back. Acts pass one after another, so that no two
 * are judged against the same state.
 */
@Startup
@ApplicationScoped
public class Desk {

    /** Fixed for the service: a newer instance takes over by it. */
    static final String TRANSACTIONAL_ID = "pxemesh.policy-service";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<Topic> FOLLOWED = List.of(
            TopicCatalog.DOWN_SITE,
            TopicCatalog.DOWN_COLLECTION,
            TopicCatalog.DOWN_COMPUTER,
            TopicCatalog.DOWN_POLICY,
            TopicCatalog.DOWN_DEPLOYMENT,
            TopicCatalog.DOWN_PACKAGE,
            TopicCatalog.DOWN_EPOCH);

    private final Actor actor;
    private final PolicyView view = new PolicyView();
    private final FencedWriter writer;
    private final CompactedFollower follower;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private @Nullable Uni<Void> unconfirmed;

    Desk(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            HqConfig config,
            EventSigner signer,
            TrustedKeys trusted,
            DeadLetters deadLetters,
            InstantSource clock,
            Actor actor) {
        this.actor = actor;
        List<Topic> topics = new ArrayList<>(FOLLOWED);
        topics.add(TopicCatalog.AUDIT);
        new TopicMaker(kafka, config.topics().partitions(), config.topics().replicationFactor()).ensure(topics);
        // The writer first: once it has fenced the instance before, nothing can be written behind the follower's start.
        this.writer = new FencedWriter(kafka, TRANSACTIONAL_ID, "/policy-service", signer, clock);
        this.follower = new CompactedFollower(kafka, FOLLOWED, trusted, view, deadLetters);
    }

    /**
     * HQ's state.
     *
     * @throws ProblemException 503 while it is being rebuilt
     */
    public PolicySnapshot snapshot() {
        if (!follower.caughtUp()) {
            throw unavailable("the state is being read from Kafka; try again in a moment");
        }
        return view.snapshot();
    }

    /**
     * Judges an act, writes it, and waits until it can be read.
     *
     * @param judge turns the newest state into the change, or throws what speaks against it
     * @return the change's result
     * @throws ProblemException 503 when Kafka does not confirm
     */
    public <S> S change(Function<PolicySnapshot, Change<S>> judge) {
        oneAtATime.lock();
        try {
            awaitUnconfirmed();
            Change<S> change = judge.apply(snapshot());
            if (!change.events().isEmpty()) {
                List<Event> events = new ArrayList<>(change.events());
                events.add(new AdministratorActed(
                        actor.name(),
                        change.act(),
                        change.subject(),
                        change.id().toString(),
                        change.revision(),
                        change.summary()));
                confirm(writer.write(events));
            }
            return change.result();
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Writes what the service itself has to say, without an audit record. */
    public void say(Function<PolicySnapshot, List<Event>> judge) {
        oneAtATime.lock();
        try {
            awaitUnconfirmed();
            List<Event> events = judge.apply(snapshot());
            if (!events.isEmpty()) {
                confirm(writer.write(events));
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Ends the keys of entities that were deleted so long ago that every follower has seen it. */
    public void bury(Duration age, Instant now) {
        oneAtATime.lock();
        try {
            awaitUnconfirmed();
            PolicySnapshot snapshot = snapshot();
            for (Event deleted : view.deletedFor(age, now)) {
                // A computer that moved lives on; its old and new site may share a partition.
                if (!(deleted instanceof ComputerDeleted e
                        && snapshot.computers().containsKey(e.id()))) {
                    confirm(writer.bury(deleted));
                }
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Why this instance cannot serve, null when it can. */
    public @Nullable String trouble() {
        if (writer.fenced()) {
            return "a newer instance has taken over";
        }
        if (!follower.alive().getAsBoolean()) {
            return "the follower has ended; the log says why";
        }
        return follower.caughtUp() ? null : "the state is being read from Kafka";
    }

    private void confirm(Uni<Map<TopicPartition, Long>> write) {
        Uni<Void> written = write.chain(follower::reached).memoize().indefinitely();
        try {
            written.await().atMost(PATIENCE);
        } catch (TimeoutException e) {
            unconfirmed = written;
            throw unavailable("Kafka has not confirmed within " + PATIENCE.toSeconds()
                    + " s; the change may still happen: read it again before you repeat it");
        } catch (KafkaException e) {
            throw unavailable("Kafka did not take the change: " + e.getMessage());
        }
    }

    /** After a time-out the newest state is not known before the old write has ended one way or the other. */
    private void awaitUnconfirmed() {
        if (unconfirmed == null) {
            return;
        }
        try {
            unconfirmed.await().atMost(PATIENCE);
        } catch (TimeoutException e) {
            throw unavailable("an earlier change is not confirmed by Kafka yet");
        } catch (RuntimeException e) {
            // It has ended; whoever asked for it was told that it may not have happened.
        }
        unconfirmed = null;
    }

    private static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.of(503, "not available", detail, null));
    }

    @PreDestroy
    void close() {
        writer.close();
        follower.close();
    }
}
