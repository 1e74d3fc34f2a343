package org.pxemesh.statusservice.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.pxemesh.statusservice.StatusMetrics;
import org.pxemesh.statusservice.sql.Database;
import org.pxemesh.statusservice.sql.Sql;
import org.pxemesh.statusservice.stream.EventLog;

/** Puts events into all projections and moves the offsets on, all or nothing. */
@ApplicationScoped
public class ProjectionStore {

    private final Database database;
    private final List<Projection> projections;
    private final EventLog log;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Timer batches;
    private volatile Map<TopicPartition, Long> stored = Map.of();

    ProjectionStore(
            Database database,
            @All List<Projection> projections,
            EventLog log,
            InstantSource clock,
            MeterRegistry metrics) {
        this.database = database;
        this.projections = projections;
        this.log = log;
        this.clock = clock;
        this.metrics = metrics;
        this.batches = metrics.timer(StatusMetrics.BATCH);
    }

    /** Reads from the database how far the projections are; the place from which to go on. */
    Map<TopicPartition, Long> resume() {
        stored = database.read(Offsets::load);
        return stored;
    }

    /**
     * Applies a batch. A record below the stored offset was applied before and is left out. While the database is away it
     * waits and tries again: nothing is lost, as Kafka keeps the records.
     *
     * @param next where each partition goes on after the batch
     * @throws UnstorableException when the database refuses one of the records; nothing was applied
     */
    @Retry(maxRetries = -1, maxDuration = 0, delay = 1, delayUnit = ChronoUnit.SECONDS, retryOn = SQLException.class)
    public void apply(List<Recorded> batch, Map<TopicPartition, Long> next) throws SQLException {
        try {
            Map<TopicPartition, Long> after =
                    batches.recordCallable(() -> database.inTransaction(sql -> applyIn(sql, batch, next)));
            stored = after == null ? stored : after;
        } catch (SQLException e) {
            throw rethrow(UnstorableException.classify(e));
        } catch (Exception e) {
            throw rethrow(e);
        }
        if (!batch.isEmpty()) {
            log.committed();
        }
    }

    private Map<TopicPartition, Long> applyIn(Sql sql, List<Recorded> batch, Map<TopicPartition, Long> next)
            throws SQLException {
        Map<TopicPartition, Long> offsets = new HashMap<>(stored);
        Duplicates duplicates = new Duplicates(sql);
        for (Recorded recorded : batch) {
            if (recorded.record().offset() < offsets.getOrDefault(recorded.partition(), 0L)) {
                continue;
            }
            if (!duplicates.firstSight(recorded)) {
                metrics.counter(StatusMetrics.DUPLICATES).increment();
                continue;
            }
            log.append(sql, recorded.envelope(), recorded.event());
            for (Projection projection : projections) {
                projection.apply(sql, recorded);
            }
            metrics.counter(StatusMetrics.EVENTS, "type", recorded.typeName()).increment();
        }
        duplicates.store(clock.instant());
        for (var entry : next.entrySet()) {
            long from = offsets.getOrDefault(entry.getKey(), 0L);
            if (entry.getValue() > from) {
                Offsets.advance(sql, entry.getKey(), from, entry.getValue());
                offsets.put(entry.getKey(), entry.getValue());
            }
        }
        return offsets;
    }

    private static RuntimeException rethrow(Exception e) throws SQLException {
        if (e instanceof SQLException sql) {
            throw sql;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
}
