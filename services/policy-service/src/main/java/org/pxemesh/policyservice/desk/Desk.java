package org.pxemesh.policyservice.desk;

import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.AdministratorActed;
import org.pxemesh.events.ComputerDeleted;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.Topic;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.hq.DeadLetters;
import org.pxemesh.hq.HqConfig;
import org.pxemesh.hq.Ledger;
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

    private static final int INVALID = 400;
    private static final List<Topic> FOLLOWED = List.of(
            TopicCatalog.DOWN_SITE,
            TopicCatalog.DOWN_COLLECTION,
            TopicCatalog.DOWN_COMPUTER,
            TopicCatalog.DOWN_POLICY,
            TopicCatalog.DOWN_DEPLOYMENT,
            TopicCatalog.DOWN_PACKAGE,
            TopicCatalog.DOWN_FIRMWARE,
            TopicCatalog.DOWN_EPOCH);

    private final Actor actor;
    private final PolicyView view = new PolicyView();
    private final Ledger ledger;

    Desk(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            HqConfig config,
            EventSigner signer,
            TrustedKeys trusted,
            DeadLetters deadLetters,
            InstantSource clock,
            Actor actor) {
        this.actor = actor;
        Ledger.Owner owner =
                new Ledger.Owner("policy-service", FOLLOWED, List.of(TopicCatalog.AUDIT, TopicCatalog.UP_FIRMWARE));
        this.ledger = new Ledger(owner, kafka, config.topics(), signer, trusted, view, deadLetters, clock);
    }

    /**
     * HQ's state.
     *
     * @throws ProblemException 503 while it is being rebuilt
     */
    public PolicySnapshot snapshot() {
        ledger.requireCaughtUp();
        return view.snapshot();
    }

    /**
     * Judges an act, writes it, and waits until it can be read.
     *
     * @param judge turns the newest state into the change, or throws what speaks against it; it may be asked twice
     * @return the change's result
     * @throws ProblemException 503 when Kafka does not confirm
     */
    public <S> S change(Function<PolicySnapshot, Change<S>> judge) {
        return ledger.alone(() -> {
            Change<S> change = judged(judge);
            if (!change.events().isEmpty()) {
                List<Event> events = new ArrayList<>(change.events());
                events.add(new AdministratorActed(
                        actor.name(),
                        change.act(),
                        change.subject(),
                        change.id().toString(),
                        change.revision(),
                        change.summary()));
                ledger.write(writer -> writer.write(events));
            }
            return change.result();
        });
    }

    /** Who has just built a package and names it here shall not be told that there is none. */
    private <S> Change<S> judged(Function<PolicySnapshot, Change<S>> judge) {
        try {
            return judge.apply(view.snapshot());
        } catch (ProblemException refused) {
            if (refused.problem().status() != INVALID) {
                throw refused;
            }
            ledger.readWhatOthersWrote();
            return judge.apply(view.snapshot());
        }
    }

    /** Writes what the service itself has to say, without an audit record. */
    public void say(Function<PolicySnapshot, List<Event>> judge) {
        ledger.alone(() -> {
            List<Event> events = judge.apply(view.snapshot());
            if (!events.isEmpty()) {
                ledger.write(writer -> writer.write(events));
            }
            return events;
        });
    }

    /** Ends the keys of entities that were deleted so long ago that every follower has seen it. */
    public void bury(Duration age, Instant now) {
        ledger.alone(() -> {
            PolicySnapshot snapshot = view.snapshot();
            List<Event> old = view.deletedFor(age, now);
            for (Event deleted : old) {
                // A computer that moved lives on; its old and new site may share a partition.
                if (!(deleted instanceof ComputerDeleted e
                        && snapshot.computers().containsKey(e.id()))) {
                    ledger.write(writer -> writer.bury(deleted));
                }
            }
            return old;
        });
    }

    /** Why this instance cannot serve, null when it can. */
    public @Nullable String trouble() {
        return ledger.trouble();
    }

    @PreDestroy
    void close() {
        ledger.close();
    }
}
