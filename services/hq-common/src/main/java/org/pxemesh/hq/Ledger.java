package org.pxemesh.hq;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.Topic;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;

/**
 * A service's compacted state: one fenced writer, one follower that reads it back. Acts pass one after another, so that no
 * two are judged against the same state, and each is answered when the view has read it back.
 */
public final class Ledger implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Ledger.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_FOR_OTHERS = Duration.ofSeconds(3);

    /**
     * Whose ledger it is.
     *
     * @param service its name, for example {@code policy-service}; its transactional id and source follow from it
     * @param followed compacted topics of the view
     * @param written other topics that it writes
     */
    public record Owner(String service, Collection<Topic> followed, Collection<Topic> written) {}

    private final FencedWriter writer;
    private final CompactedFollower follower;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private @Nullable Uni<Void> unconfirmed;

    /** Makes the topics, takes over from any older instance, and begins to follow. */
    public Ledger(
            Owner owner,
            Map<String, Object> kafka,
            HqConfig.Topics config,
            EventSigner signer,
            TrustedKeys trusted,
            CompactedFollower.View view,
            DeadLetters deadLetters,
            InstantSource clock) {
        List<Topic> topics = new ArrayList<>(owner.followed);
        topics.addAll(owner.written);
        new TopicMaker(kafka, config.partitions(), config.replicationFactor()).ensure(topics);
        // The writer first: once it has fenced the instance before, nothing can be written behind the follower's start.
        this.writer = new FencedWriter(kafka, "pxemesh." + owner.service, "/" + owner.service, signer, clock);
        this.follower = new CompactedFollower(kafka, owner.followed, trusted, view, deadLetters);
    }

    /** @throws ProblemException 503 while the state is being rebuilt */
    public void requireCaughtUp() {
        if (!follower.caughtUp()) {
            throw unavailable("the state is being read from Kafka; try again in a moment");
        }
    }

    /**
     * Runs an act alone, on the newest state.
     *
     * @throws ProblemException 503 while the state is being rebuilt, or an earlier act has not ended
     */
    public <T> T alone(Supplier<T> act) {
        oneAtATime.lock();
        try {
            awaitUnconfirmed();
            requireCaughtUp();
            return act.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * Writes inside of {@link #alone} and waits until it has been read back.
     *
     * @throws ProblemException 503 when Kafka does not confirm
     */
    public void write(Function<FencedWriter, Uni<Map<TopicPartition, Long>>> write) {
        Uni<Void> written =
                write.apply(writer).chain(follower::reached).memoize().indefinitely();
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

    /** Reads what other services had written until now; where Kafka does not answer, the state stays what it was. */
    public void readWhatOthersWrote() {
        try {
            follower.reachedEnd().await().atMost(PATIENCE_FOR_OTHERS);
        } catch (TimeoutException e) {
            LOG.warnf("ledger=behind waited=%ds", PATIENCE_FOR_OTHERS.toSeconds());
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

    /** 503 with a reason. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.of(503, "not available", detail, null));
    }

    @Override
    public void close() {
        writer.close();
        follower.close();
    }
}
