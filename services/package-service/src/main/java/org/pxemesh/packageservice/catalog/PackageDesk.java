package org.pxemesh.packageservice.catalog;

import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.PackageId;
import org.pxemesh.events.AdministratorActed;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageRetired;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.hq.CompactedFollower;
import org.pxemesh.hq.DeadLetters;
import org.pxemesh.hq.FencedWriter;
import org.pxemesh.hq.HqConfig;
import org.pxemesh.hq.TopicMaker;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.hq.rest.Revisions;

/**
 * The one place through which package versions come and retire: judged against the newest state, written with the audit
 * record in one transaction, answered when the view has read it back.
 */
@Startup
@ApplicationScoped
public class PackageDesk {

    static final String TRANSACTIONAL_ID = "pxemesh.package-service";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PackageView view = new PackageView();
    private final FencedWriter writer;
    private final CompactedFollower follower;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private @Nullable Uni<Void> unconfirmed;

    PackageDesk(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            HqConfig config,
            EventSigner signer,
            TrustedKeys trusted,
            DeadLetters deadLetters,
            InstantSource clock) {
        new TopicMaker(kafka, config.topics().partitions(), config.topics().replicationFactor())
                .ensure(List.of(TopicCatalog.DOWN_PACKAGE, TopicCatalog.PACKAGE_PROGRESS, TopicCatalog.AUDIT));
        // The writer first: once it has fenced the instance before, nothing can be written behind the follower's start.
        writer = new FencedWriter(kafka, TRANSACTIONAL_ID, "/package-service", signer, clock);
        follower = new CompactedFollower(kafka, List.of(TopicCatalog.DOWN_PACKAGE), trusted, view, deadLetters);
    }

    /**
     * A package version.
     *
     * @throws ProblemException 503 while the state is being rebuilt
     */
    public Optional<PackageVersion> find(PackageId id) {
        requireCaughtUp();
        return view.find(id.toString());
    }

    /** All versions by name, then version. */
    public List<PackageVersion> all() {
        requireCaughtUp();
        return view.all();
    }

    /**
     * Makes a version known.
     *
     * @return the version, which is the one that exists where it has the same manifest
     * @throws ProblemException 409 if the version exists with another manifest, or is retired
     */
    public PackageVersion built(PackageState pkg, String actor) {
        return locked(() -> {
            var existing = view.find(pkg.ref());
            if (existing.isPresent()) {
                requireSame(existing.get(), pkg.manifestSha256());
                return existing.get();
            }
            return write(
                    new PackageBuilt(pkg),
                    acted(actor, "import", pkg, pkg.files() + " files, " + pkg.bytes() + " bytes"),
                    pkg.ref());
        });
    }

    /**
     * Takes a version out of use for good.
     *
     * @param ifMatch the header
     * @throws ProblemException 404, 412 or 428
     */
    public PackageVersion retire(PackageId id, @Nullable String ifMatch, String actor) {
        return locked(() -> {
            PackageVersion now = view.find(id.toString()).orElseThrow(() -> ProblemException.notFound("package", id));
            Revisions.check(ifMatch, now.revision());
            if (now.retired()) {
                return now;
            }
            PackageState retired = now.pkg(now.revision() + 1);
            return write(new PackageRetired(retired), acted(actor, "retire", retired, "retired"), now.ref());
        });
    }

    /** @throws ProblemException 409 unless {@code version} has this manifest and is in use */
    public static void requireSame(PackageVersion version, String manifestSha256) {
        if (!version.manifestSha256().equals(manifestSha256)) {
            throw ProblemException.conflict("package " + version.ref() + " exists with manifest "
                    + version.manifestSha256() + ", and this source makes " + manifestSha256
                    + ": versions never change, choose another version");
        }
        if (version.retired()) {
            throw ProblemException.conflict(
                    "package " + version.ref() + " is retired for good: choose another version");
        }
    }

    /** Why this instance cannot serve, null when it can. */
    @Nullable
    String trouble() {
        if (writer.fenced()) {
            return "a newer instance has taken over";
        }
        if (!follower.alive().getAsBoolean()) {
            return "the follower has ended; the log says why";
        }
        return follower.caughtUp() ? null : "the state is being read from Kafka";
    }

    private static AdministratorActed acted(String actor, String act, PackageState pkg, String summary) {
        return new AdministratorActed(actor, act, "package", pkg.ref(), pkg.revision(), summary);
    }

    private <T> T locked(Supplier<T> act) {
        oneAtATime.lock();
        try {
            awaitUnconfirmed();
            requireCaughtUp();
            return act.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    private PackageVersion write(Event event, AdministratorActed audit, String ref) {
        Uni<Void> written = writer.write(List.of(event, audit))
                .chain(follower::reached)
                .memoize()
                .indefinitely();
        try {
            written.await().atMost(PATIENCE);
        } catch (TimeoutException e) {
            unconfirmed = written;
            throw unavailable("Kafka has not confirmed within " + PATIENCE.toSeconds()
                    + " s; it may still happen: look again before you repeat it");
        } catch (KafkaException e) {
            throw unavailable("Kafka did not take it: " + e.getMessage());
        }
        return view.find(ref).orElseThrow(() -> unavailable("the record was not read back; the log says why"));
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

    private void requireCaughtUp() {
        if (!follower.caughtUp()) {
            throw unavailable("the state is being read from Kafka; try again in a moment");
        }
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
