package org.pxemesh.packageservice.catalog;

import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.pxemesh.hq.DeadLetters;
import org.pxemesh.hq.HqConfig;
import org.pxemesh.hq.Ledger;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.hq.rest.Revisions;

/**
 * The one place through which package versions come and retire: judged against the newest state, written with the audit
 * record in one transaction, answered when the view has read it back.
 */
@Startup
@ApplicationScoped
public class PackageDesk {

    private final PackageView view = new PackageView();
    private final Ledger ledger;

    PackageDesk(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            HqConfig config,
            EventSigner signer,
            TrustedKeys trusted,
            DeadLetters deadLetters,
            InstantSource clock) {
        Ledger.Owner owner = new Ledger.Owner(
                "package-service",
                List.of(TopicCatalog.DOWN_PACKAGE),
                List.of(TopicCatalog.PACKAGE_PROGRESS, TopicCatalog.AUDIT));
        this.ledger = new Ledger(owner, kafka, config.topics(), signer, trusted, view, deadLetters, clock);
    }

    /**
     * A package version.
     *
     * @throws ProblemException 503 while the state is being rebuilt
     */
    public Optional<PackageVersion> find(PackageId id) {
        ledger.requireCaughtUp();
        return view.find(id.toString());
    }

    /** All versions by name, then version. */
    public List<PackageVersion> all() {
        ledger.requireCaughtUp();
        return view.all();
    }

    /**
     * Makes a version known.
     *
     * @param acceptedSecrets what boot clients can read of it, which the actor accepted; stands in the audit
     * @return the version, which is the one that exists where it has the same manifest
     * @throws ProblemException 409 if the version exists with another manifest, or is retired
     */
    public PackageVersion built(PackageState pkg, String actor, List<String> acceptedSecrets) {
        return ledger.alone(() -> {
            var existing = view.find(pkg.ref());
            if (existing.isPresent()) {
                requireSame(existing.get(), pkg.manifestSha256());
                return existing.get();
            }
            List<Event> events = new ArrayList<>();
            events.add(new PackageBuilt(pkg));
            events.add(acted(actor, "import", pkg, pkg.files() + " files, " + pkg.bytes() + " bytes"));
            if (!acceptedSecrets.isEmpty()) {
                events.add(acted(actor, "accept-secrets", pkg, String.join("; ", acceptedSecrets)));
            }
            return write(events, pkg.ref());
        });
    }

    /**
     * Takes a version out of use for good.
     *
     * @param ifMatch the header
     * @throws ProblemException 404, 412 or 428
     */
    public PackageVersion retire(PackageId id, @Nullable String ifMatch, String actor) {
        return ledger.alone(() -> {
            PackageVersion now = view.find(id.toString()).orElseThrow(() -> ProblemException.notFound("package", id));
            Revisions.check(ifMatch, now.revision());
            if (now.retired()) {
                return now;
            }
            PackageState retired = now.pkg(now.revision() + 1);
            return write(List.of(new PackageRetired(retired), acted(actor, "retire", retired, "retired")), now.ref());
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
        return ledger.trouble();
    }

    private static AdministratorActed acted(String actor, String act, PackageState pkg, String summary) {
        return new AdministratorActed(actor, act, "package", pkg.ref(), pkg.revision(), summary);
    }

    private PackageVersion write(List<Event> events, String ref) {
        ledger.write(writer -> writer.write(events));
        return view.find(ref).orElseThrow(() -> Ledger.unavailable("the record was not read back; the log says why"));
    }

    @PreDestroy
    void close() {
        ledger.close();
    }
}
