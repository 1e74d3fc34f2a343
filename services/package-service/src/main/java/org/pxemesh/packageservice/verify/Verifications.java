package org.pxemesh.packageservice.verify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.packageservice.catalog.PackageVersion;
import org.pxemesh.packageservice.revocation.Revocations;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.store.ContentStore;

/** The verifications of this process, one after another; the last of each version is remembered. */
@ApplicationScoped
class Verifications {

    private static final Logger LOG = Logger.getLogger(Verifications.class);
    private static final int MAX_WAITING = 16;
    private static final int REMEMBERED = 200;

    private final ContentStore store;
    private final TrustedKeys trusted;
    private final InstantSource clock;
    private final Revocations revocations;
    private final Counter damagedFiles;
    private final LinkedHashMap<String, VerificationStatus> byRef = new LinkedHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("verify").factory());

    Verifications(
            ContentStore store,
            TrustedKeys trusted,
            InstantSource clock,
            Revocations revocations,
            MeterRegistry meters) {
        this.store = store;
        this.trusted = trusted;
        this.clock = clock;
        this.revocations = revocations;
        this.damagedFiles = Counter.builder("pxemesh.content.damaged.files")
                .description("Files that a verification found damaged")
                .register(meters);
    }

    /**
     * Begins one, unless this version is being verified already.
     *
     * @throws ProblemException 503 if too many wait
     */
    VerificationStatus begin(PackageVersion version) {
        synchronized (byRef) {
            VerificationStatus known = byRef.get(version.ref());
            if (known != null && known.running()) {
                return known;
            }
            if (byRef.values().stream().filter(VerificationStatus::running).count() >= MAX_WAITING) {
                throw new ProblemException(Problem.of(
                        503, "not available", MAX_WAITING + " verifications wait already; try again later", null));
            }
            VerificationStatus begun = VerificationStatus.begun(version.ref(), clock.instant());
            set(begun);
            forgetOldest();
            thread.execute(() -> run(version, begun));
            return begun;
        }
    }

    Optional<VerificationStatus> find(String ref) {
        synchronized (byRef) {
            return Optional.ofNullable(byRef.get(ref));
        }
    }

    private void run(PackageVersion version, VerificationStatus begun) {
        // Content must not be collected while it is being read.
        try (var reliance = store.rely()) {
            Sha256 manifest = new Sha256(version.manifestSha256());
            VerificationStatus ended = new Verifier(store, trusted, manifest, revocations.now(), begun, this::set)
                    .verify()
                    .ended(clock.instant());
            damagedFiles.increment(ended.damaged().size());
            LOG.infof(
                    "verification=%s package=%s files=%d bytes=%d damaged=%d",
                    ended.state(),
                    ended.ref(),
                    ended.files(),
                    ended.bytes(),
                    ended.damaged().size());
            set(ended);
        } catch (ImportException e) {
            set(begun.failed(String.valueOf(e.getMessage()), clock.instant()));
        } catch (IOException e) {
            set(begun.failed("the disk did not give a file: " + e, clock.instant()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "verification=failed package=%s", version.ref());
            set(begun.failed("package-service failed; its log has the cause", clock.instant()));
        }
    }

    private void set(VerificationStatus status) {
        synchronized (byRef) {
            byRef.put(status.ref(), status);
        }
    }

    private void forgetOldest() {
        byRef.values().stream()
                .filter(status -> !status.running())
                .limit(Math.max(0, byRef.size() - REMEMBERED))
                .map(VerificationStatus::ref)
                .toList()
                .forEach(byRef::remove);
    }

    void stop(@Observes ShutdownEvent stopping) {
        thread.shutdownNow();
    }
}
