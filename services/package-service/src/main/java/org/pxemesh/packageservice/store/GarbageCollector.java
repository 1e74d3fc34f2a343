package org.pxemesh.packageservice.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Frees HQ's disk of what no version in use and no lately retired one consists of. It never runs beside a build, which may
 * be about to adopt a file, and never for another Kafka than the one that the content was built for: that one's records
 * name nothing of it.
 */
public final class GarbageCollector {

    private static final Logger LOG = Logger.getLogger(GarbageCollector.class);

    /** Reads the records; only called while no build can change them. */
    public interface Catalogs {
        Garbage.Catalog now();
    }

    private final ContentStore store;
    private final Duration grace;
    private final Counter collected;

    public GarbageCollector(ContentStore store, Duration grace, MeterRegistry meters) {
        this.store = store;
        this.grace = grace;
        this.collected = Counter.builder("pxemesh.content.collected.bytes")
                .description("Content that nothing named any more, deleted from HQ's disk")
                .register(meters);
    }

    /**
     * Collects, or says in the log why not.
     *
     * @param cluster id of the Kafka that the catalog was read from
     * @return bytes that were freed
     */
    public long collect(String cluster, Catalogs catalogs, Instant now) throws IOException {
        if (!isOurs(cluster)) {
            LOG.warnf(
                    "garbage=not-collected reason=\"the content was built for Kafka cluster %s, this one is %s: if that"
                            + " is meant, delete %s\"",
                    Files.readString(store.cluster()), cluster, store.cluster());
            return 0;
        }
        AtomicLong freed = new AtomicLong();
        boolean ran = store.whenNobodyRelies(() -> {
            StoreDisk disk = new StoreDisk(store);
            Garbage garbage = Garbage.of(disk.look(), catalogs.now(), now, grace);
            if (!garbage.isEmpty()) {
                freed.set(disk.delete(garbage));
                LOG.infof(
                        "garbage=collected manifests=%d files=%d bytes=%d",
                        garbage.manifests().size(), garbage.files().size(), freed.get());
            }
        });
        if (!ran) {
            LOG.debug("garbage=not-collected reason=\"a build or a verification is under way\"");
        }
        collected.increment(freed.get());
        return freed.get();
    }

    private boolean isOurs(String cluster) throws IOException {
        Path file = store.cluster();
        if (!Files.exists(file)) {
            Files.writeString(file, cluster, StandardCharsets.US_ASCII);
            return true;
        }
        return Files.readString(file, StandardCharsets.US_ASCII).equals(cluster);
    }
}
