package org.pxemesh.statusservice.intake;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.hq.HqConfig;
import org.pxemesh.hq.TopicMaker;
import org.pxemesh.statusservice.sql.Database;
import org.pxemesh.statusservice.sql.Sql;

/**
 * Before the channel opens: the topics are there, and the stored offsets are of this very cluster. Offsets of another one
 * say nothing, so then the projections begin anew.
 */
@Singleton
public class Preparation {

    private static final Logger LOG = Logger.getLogger(Preparation.class);
    private static final long SECONDS = 60;
    private static final List<String> PROJECTED = List.of(
            "kafka_cluster",
            "kafka_offset",
            "replay_window",
            "event",
            "site",
            "computer",
            "segment",
            "peer",
            "package",
            "package_build",
            "holding",
            "boot",
            "boot_step",
            "topology_outbox");

    private final Map<String, Object> kafka;
    private final HqConfig config;
    private final Database database;

    Preparation(@Identifier("default-kafka-broker") Map<String, Object> kafka, HqConfig config, Database database) {
        this.kafka = kafka;
        this.config = config;
        this.database = database;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        new TopicMaker(kafka, config.topics().partitions(), config.topics().replicationFactor())
                .ensure(TopicCatalog.all());
        try (Admin admin = Admin.create(kafka)) {
            String cluster = admin.describeCluster().clusterId().get(SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, Long> stored = database.read(Offsets::load);
            Optional<String> known =
                    database.read(sql -> sql.first("select id from kafka_cluster", row -> row.text("id")));
            if (known.isPresent() && (!known.get().equals(cluster) || anyBeyondTheEnd(admin, stored))) {
                LOG.warnf(
                        "projections=begin-anew reason=\"offsets are of cluster %s, this is %s\"",
                        known.get(), cluster);
                database.inTransaction(this::forgetAll);
                known = Optional.empty();
            }
            if (known.isEmpty()) {
                database.inTransaction(sql -> sql.update("insert into kafka_cluster (id) values (?)", cluster));
            }
        } catch (ExecutionException | TimeoutException | SQLException e) {
            throw new IllegalStateException("status-service cannot start: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while starting", e);
        }
    }

    private static boolean anyBeyondTheEnd(Admin admin, Map<TopicPartition, Long> stored)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        stored.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get(SECONDS, TimeUnit.SECONDS).entrySet().stream()
                .anyMatch(end ->
                        stored.getOrDefault(end.getKey(), 0L) > end.getValue().offset());
    }

    private int forgetAll(Sql sql) throws SQLException {
        int rows = 0;
        for (String table : PROJECTED) {
            rows += sql.update("delete from " + table);
        }
        return rows;
    }
}
