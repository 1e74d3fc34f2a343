package org.pxemesh.agent.content;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.Sha256;

/** Gets a package's manifest: from the disk, from HQ (as uplink) or from neighbours. Confined to the swarm's thread. */
final class ManifestSeeker {
    /** The source of a manifest that was here already. */
    static final String DISK = "disk";

    private static final Logger LOG = Logger.getLogger(ManifestSeeker.class);

    private final SwarmThread thread;
    private final DiskStore store;
    private final ContentClient client;
    private final ContentPlaces places;
    private final Neighbourhood neighbourhood;
    private final ContentReports reports;
    /** Asked by the WAN's event loop as well. */
    private final BooleanSupplier wanGranted;

    private final Found found;

    /** Takes over a job that has its index now. */
    interface Found {
        void begin(PackageJob job, ChunkIndex index, String source);

        boolean isWanted(PackageJob job);
    }

    ManifestSeeker(
            SwarmThread thread,
            DiskStore store,
            ContentClient client,
            ContentPlaces places,
            Neighbourhood neighbourhood,
            ContentReports reports,
            BooleanSupplier wanGranted,
            Found found) {
        this.thread = thread;
        this.store = store;
        this.client = client;
        this.places = places;
        this.neighbourhood = neighbourhood;
        this.reports = reports;
        this.wanGranted = wanGranted;
        this.found = found;
    }

    /** Begins, or goes on, unless it is here already. */
    void seek(PackageJob job) {
        if (job.swarm != null || job.askingForManifest) {
            return;
        }
        var kept = store.manifestBytes(new Sha256(job.pkg.manifestSha256()));
        if (kept.isPresent() && adopt(job, kept.get(), DISK)) {
            return;
        }
        var source = source(job);
        if (source.isEmpty()) {
            again(job);
            return;
        }
        job.askingForManifest = true;
        var bytes = wanGranted.getAsBoolean()
                ? client.wan().document(source.get(), Manifest.MAX_ENCODED_LENGTH, wanGranted)
                : client.manifest(source.get());
        bytes.onComplete(answer -> thread.run(() -> {
            job.askingForManifest = false;
            if (!answer.succeeded()
                    || !adopt(job, answer.result().getBytes(), source.get().toString())) {
                job.manifestFailures++;
                again(job);
            }
        }));
    }

    /** HQ for the uplink; else the neighbours that spoke of the package, then the others, one after the other. */
    private Optional<URI> source(PackageJob job) {
        if (wanGranted.getAsBoolean()) {
            return Optional.of(places.manifestAtHq(job.pkg));
        }
        var candidates = new ArrayList<UUID>();
        job.early.keySet().forEach(peer -> candidates.add(peer.id()));
        neighbourhood.neighbours().forEach(candidates::add);
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        var next = candidates.get(Math.floorMod(job.manifestFailures, candidates.size()));
        return neighbourhood.address(next).map(address -> places.manifestAt(address, job.pkg));
    }

    private void again(PackageJob job) {
        var pause = Math.min(8_000L, 250L << Math.min(job.manifestFailures, 5));
        thread.later(
                () -> {
                    if (found.isWanted(job)) {
                        seek(job);
                    }
                },
                pause);
    }

    private boolean adopt(PackageJob job, byte[] bytes, String source) {
        try {
            found.begin(job, new ChunkIndex(store.adopt(job.pkg, bytes)), source);
            return true;
        } catch (ManifestException e) {
            reports.rejected("manifest", job.pkg.manifestSha256(), source, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.warnf("event=content-not-kept package=%s reason=%s", job.ref(), e.getMessage());
        }
        return false;
    }
}
