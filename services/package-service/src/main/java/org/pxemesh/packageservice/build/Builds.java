package org.pxemesh.packageservice.build;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.pxemesh.content.PackageId;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.store.ContentStore;
import org.pxemesh.packageservice.store.Staging;

/** The builds of this process, run one after another: two would only fight for the disk. */
@ApplicationScoped
public class Builds {

    private static final Logger LOG = Logger.getLogger(Builds.class);
    private static final int MAX_WAITING = 16;
    private static final int REMEMBERED = 200;
    private static final String NOTE = "package";

    private final Builder builder;
    private final ContentStore store;
    private final ProgressEvents events;
    private final InstantSource clock;
    private final LinkedHashMap<UUID, BuildStatus> statuses = new LinkedHashMap<>();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("build").factory());

    Builds(Builder builder, ContentStore store, ProgressEvents events, InstantSource clock) {
        this.builder = builder;
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Takes an order; the build runs later.
     *
     * @param atEnd runs when the build has ended, however it did
     * @throws ProblemException 409 if the same version is being built, 503 if too many wait
     */
    public BuildStatus submit(ImportOrder order, Runnable atEnd) {
        BuildStatus status = BuildStatus.queued(order.buildId(), order.packageId());
        synchronized (statuses) {
            List<BuildStatus> running =
                    statuses.values().stream().filter(BuildStatus::running).toList();
            running.stream()
                    .filter(other -> other.packageId().equals(order.packageId()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw ProblemException.conflict(
                                "package " + order.packageId() + " is being built by import " + other.id());
                    });
            if (running.size() >= MAX_WAITING) {
                throw new ProblemException(Problem.of(
                        503, "not available", running.size() + " imports wait already; try again later", null));
            }
            statuses.put(order.buildId(), status);
            forgetOldest();
        }
        thread.execute(() -> {
            try {
                run(order);
            } finally {
                atEnd.run();
            }
        });
        return status;
    }

    public Optional<BuildStatus> find(UUID id) {
        synchronized (statuses) {
            return Optional.ofNullable(statuses.get(id));
        }
    }

    /** The newest first. */
    public List<BuildStatus> all() {
        synchronized (statuses) {
            return List.copyOf(statuses.sequencedValues().reversed());
        }
    }

    /** The manifest digest that an order would have; takes as long as reading its source. */
    public String digest(ImportOrder order) throws IOException, ImportException {
        try (Staging scratch = store.stage("compare-" + order.buildId())) {
            return builder.digest(order, scratch.directory()).hex();
        }
    }

    private void run(ImportOrder order) {
        UUID id = order.buildId();
        Throttle progress = new Throttle(clock, p -> set(get(id).at(p)), p -> events.progressed(get(id)));
        try (Staging staging = store.stage(id.toString())) {
            Files.writeString(
                    staging.directory().resolve(NOTE), order.packageId().toString());
            BuildStatus built = builder.build(order, staging, get(id), progress);
            set(built);
            events.progressed(built);
            LOG.infof(
                    "build=done id=%s package=%s files=%d bytes=%d",
                    id, order.packageId(), built.files(), built.bytes());
        } catch (ImportException e) {
            fail(id, String.valueOf(e.getMessage()));
        } catch (ProblemException e) {
            fail(id, e.problem().detail());
        } catch (FileSystemException e) {
            fail(id, "the disk did not take or give a file: " + e);
        } catch (IOException e) {
            fail(id, "the source could not be read to its end: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "build=failed id=%s package=%s", id, order.packageId());
            fail(
                    id,
                    "package-service failed; its log has the cause ("
                            + e.getClass().getSimpleName() + ")");
        }
    }

    private void fail(UUID id, String reason) {
        BuildStatus failed = get(id).failed(reason);
        set(failed);
        events.failed(failed);
        LOG.warnf("build=failed id=%s package=%s reason=\"%s\"", id, failed.packageId(), reason);
    }

    private BuildStatus get(UUID id) {
        return find(id).orElseThrow();
    }

    private void set(BuildStatus status) {
        synchronized (statuses) {
            statuses.put(status.id(), status);
        }
    }

    private void forgetOldest() {
        var ended =
                statuses.values().stream().filter(status -> !status.running()).toList();
        ended.stream().limit(Math.max(0, statuses.size() - REMEMBERED)).forEach(old -> statuses.remove(old.id()));
    }

    /**
     * Whoever waits for a build that a crash cut off is told, and its half is removed. After the desk, which makes the
     * topics.
     */
    void sweep(@Observes @Priority(Interceptor.Priority.APPLICATION + 900) StartupEvent started) {
        for (Path left : store.interrupted()) {
            try {
                Path note = left.resolve(NOTE);
                if (Files.isReadable(note)) {
                    PackageId pkg = PackageId.parse(Files.readString(note, StandardCharsets.UTF_8));
                    UUID id = UUID.fromString(left.getFileName().toString());
                    set(BuildStatus.queued(id, pkg));
                    fail(id, "package-service was stopped in the middle of the build: import again");
                }
                ContentStore.deleteTree(left);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warnf("staging=not-swept directory=%s cause=\"%s\"", left, e);
            }
        }
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
            LOG.warn("build=still-running; its staging directory is swept at the next start");
        }
    }
}
