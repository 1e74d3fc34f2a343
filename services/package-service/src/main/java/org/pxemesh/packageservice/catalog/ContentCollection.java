package org.pxemesh.packageservice.catalog;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.Sha256;
import org.pxemesh.packageservice.ContentConfig;
import org.pxemesh.packageservice.store.ContentStore;
import org.pxemesh.packageservice.store.Garbage;
import org.pxemesh.packageservice.store.GarbageCollector;

/** Collects, now and then, the content of versions that were retired long enough ago. */
@ApplicationScoped
class ContentCollection {

    private static final Logger LOG = Logger.getLogger(ContentCollection.class);
    private static final long KAFKA_SECONDS = 10;

    private final PackageDesk desk;
    private final Map<String, Object> kafka;
    private final ContentConfig config;
    private final InstantSource clock;
    private final GarbageCollector collector;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("garbage").factory());
    private @Nullable String cluster;

    ContentCollection(
            PackageDesk desk,
            ContentStore store,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ContentConfig config,
            InstantSource clock,
            MeterRegistry meters) {
        this.desk = desk;
        this.kafka = kafka;
        this.config = config;
        this.clock = clock;
        this.collector = new GarbageCollector(store, config.grace(), meters);
    }

    /** After the desk and the builds, which sweep what a crash left. */
    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 950) StartupEvent started) {
        long millis = config.collectEvery().toMillis();
        thread.scheduleWithFixedDelay(this::collect, millis, millis, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopping) {
        thread.shutdownNow();
    }

    private void collect() {
        try {
            if (desk.trouble() == null) {
                collector.collect(cluster(), this::catalog, clock.instant());
            }
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
            LOG.warnf("garbage=not-collected reason=\"%s\"", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Garbage.Catalog catalog() {
        Set<Sha256> live = new HashSet<>();
        Map<Sha256, Instant> retired = new HashMap<>();
        for (PackageVersion version : desk.all()) {
            Sha256 manifest = new Sha256(version.manifestSha256());
            if (version.retiredAt() == null) {
                live.add(manifest);
            } else {
                retired.put(manifest, version.retiredAt());
            }
        }
        return new Garbage.Catalog(live, retired);
    }

    private String cluster() throws InterruptedException, ExecutionException, TimeoutException {
        if (cluster == null) {
            try (Admin admin = Admin.create(new HashMap<>(kafka))) {
                cluster = admin.describeCluster().clusterId().get(KAFKA_SECONDS, TimeUnit.SECONDS);
            }
        }
        return cluster;
    }
}
