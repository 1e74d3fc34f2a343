package org.pxemesh.agent.uplink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.Topic;
import org.pxemesh.events.TopicCatalog;

/**
 * One connection's reading of the {@code down} topics: assigned, from stored offsets, without a group, so that HQ's load
 * grows with segments and an uplink that dies leaves nothing behind.
 */
final class DownReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DownReader.class);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final long PROBE_AFTER_NANOS = Duration.ofSeconds(10).toNanos();

    /** All that goes down, and what HQ derived of this site: its compacted partition is small, and read from its start. */
    private static final List<Topic> FOLLOWED = TopicCatalog.all().stream()
            .filter(topic -> topic.name().startsWith("pxemesh.down.") || topic == TopicCatalog.TOPOLOGY)
            .toList();

    private final ClusterId clusterId = new ClusterId();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final HqLink.Listener listener;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private volatile @Nullable UUID wantedSite;
    private @Nullable UUID assignedSite;
    private boolean siteAssigned;

    DownReader(String servers, String clientId, HqLink.Listener listener) {
        this.listener = listener;
        this.consumer = new KafkaConsumer<>(KafkaSettings.consumer(servers, clientId), clusterId, new ClusterId());
    }

    /** May be called from any thread; takes effect with the next poll. */
    void site(@Nullable UUID site) {
        var changed = site != null && !site.equals(wantedSite);
        wantedSite = site;
        if (changed && siteAssigned) {
            wakeUp();
        }
    }

    void wakeUp() {
        consumer.wakeup();
    }

    /** Reads until it is told to stop, or until Kafka cannot be reached. */
    void run(BooleanSupplier stop) {
        assign();
        var cluster = clusterId.value();
        listener.connected(cluster);
        var heard = System.nanoTime();
        while (!stop.getAsBoolean()) {
            try {
                if (wantedSite != null && !wantedSite.equals(assignedSite)) {
                    assign();
                }
                var records = consumer.poll(POLL);
                var isNews = !ends.isEmpty();
                for (var record : records) {
                    hand(cluster, record);
                    // Hints follow from what peers report: to tell the segment of each would have them report again.
                    isNews |= !isHint(record.topic());
                }
                if (isNews || !records.isEmpty()) {
                    heard = System.nanoTime();
                }
                if (isNews) {
                    tellWhenCaughtUp(cluster);
                }
                // A consumer does not say that its broker is gone: ask now and then.
                if (System.nanoTime() - heard > PROBE_AFTER_NANOS) {
                    consumer.endOffsets(consumer.assignment());
                    heard = System.nanoTime();
                }
            } catch (OffsetOutOfRangeException e) {
                LOG.warnf("event=offsets-out-of-range partitions=%s action=reading-from-the-start", e.partitions());
                consumer.seekToBeginning(e.partitions());
            } catch (org.apache.kafka.common.errors.WakeupException e) {
                LOG.debug("event=down-reader-woken");
            }
        }
    }

    private void assign() {
        var site = wantedSite;
        List<TopicPartition> partitions = new ArrayList<>();
        for (var topic : FOLLOWED) {
            var known = consumer.partitionsFor(topic.name());
            if (known == null || known.isEmpty()) {
                throw new TimeoutException("HQ has no topic " + topic.name() + " yet");
            }
            if (!topic.bySite()) {
                known.forEach(info -> partitions.add(new TopicPartition(topic.name(), info.partition())));
            } else if (site != null) {
                partitions.add(new TopicPartition(topic.name(), TopicCatalog.partition(site, known.size())));
            }
        }
        var before = positions();
        consumer.assign(partitions);
        var stored = listener.offsets(clusterId.value());
        for (var partition : partitions) {
            var offset = before.getOrDefault(partition, stored.get(name(partition)));
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset);
            }
        }
        ends.clear();
        ends.putAll(consumer.endOffsets(partitions));
        assignedSite = site;
        siteAssigned = true;
    }

    private Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
        return positions;
    }

    private void tellWhenCaughtUp(String cluster) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        for (var partition : consumer.assignment()) {
            var position = consumer.position(partition);
            if (position < ends.getOrDefault(partition, 0L)) {
                return;
            }
            if (!isHint(partition.topic())) {
                offsets.put(name(partition), position);
            }
        }
        ends.clear();
        listener.caughtUp(cluster, offsets);
    }

    private void hand(String cluster, ConsumerRecord<byte[], byte[]> record) {
        if (isHint(record.topic()) && record.value() == null) {
            return;
        }
        var key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            listener.buried(cluster, record.topic(), key);
            return;
        }
        Map<String, byte[]> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        try {
            var envelope = Envelope.of(headers, record.value());
            if (isHint(record.topic())) {
                listener.hinted(envelope);
            } else {
                listener.received(cluster, new SignedRecord(record.topic(), key, envelope));
            }
        } catch (MalformedEventException e) {
            listener.malformed(record.topic(), key, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isHint(String topic) {
        return topic.equals(TopicCatalog.TOPOLOGY.name());
    }

    private static String name(TopicPartition partition) {
        return partition.topic() + "/" + partition.partition();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
