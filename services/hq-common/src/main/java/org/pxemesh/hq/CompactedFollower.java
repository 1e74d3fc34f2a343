package org.pxemesh.hq;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.Topic;
import org.pxemesh.events.TrustedKeys;

/**
 * Follows compacted topics from their start, without a consumer group: the log is the state, and positions count only
 * while the process lives. It knows exactly when it has caught up, transaction markers included, which is what
 * readiness and read-your-writes need.
 *
 * <p>A record that is malformed, unsigned or altered goes to the topic's dead-letter topic; the follower goes on.
 */
public final class CompactedFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CompactedFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** What a view does with what is followed; called on the follower's thread alone. */
    public interface View {
        /** An entity's whole state. */
        void apply(SignedRecord record, Event event);

        /** A tombstone: the key is gone for good. */
        void forget(String topic, String key);
    }

    private record Waiting(Map<TopicPartition, Long> offsets, UniEmitter<? super Void> emitter) {}

    private final Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final TrustedKeys trusted;
    private final View view;
    private final DeadLetters deadLetters;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> endAtStart;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Queue<UniEmitter<? super Void>> wantEnd = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean caughtUp;
    private volatile boolean closed;

    /**
     * Follows at once.
     *
     * @param kafka client settings, at least {@code bootstrap.servers}
     * @param topics to follow; they exist
     * @param trusted keys whose {@code down} records are believed
     */
    public CompactedFollower(
            Map<String, Object> kafka,
            Collection<Topic> topics,
            TrustedKeys trusted,
            View view,
            DeadLetters deadLetters) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        this.trusted = trusted;
        this.view = view;
        this.deadLetters = deadLetters;
        for (Topic topic : topics) {
            consumer.partitionsFor(topic.name())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.endAtStart = Map.copyOf(consumer.endOffsets(partitions));
        this.thread = Thread.ofPlatform().name("follower").daemon().start(this::follow);
    }

    /** Whether all that stood in the topics at the start has been applied. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** Completes when the records at these offsets have been applied: how a write is read back. */
    public Uni<Void> reached(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> mine = new HashMap<>(offsets);
        mine.keySet().retainAll(partitions);
        return Uni.createFrom().emitter(emitter -> {
            synchronized (waiting) {
                waiting.add(new Waiting(mine, emitter));
            }
            release();
        });
    }

    /** Completes when all that is committed to the topics now has been applied: how others' writes are read. */
    public Uni<Void> reachedEnd() {
        return Uni.createFrom().emitter(emitter -> {
            wantEnd.add(emitter);
            // Else it would be asked for when the poll that is under way ends.
            consumer.wakeup();
        });
    }

    /** A health check's view of it: alive until closed. */
    public BooleanSupplier alive() {
        return thread::isAlive;
    }

    private void follow() {
        while (!closed) {
            try {
                askForEnd();
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<String, byte[]> record : records) {
                    apply(record);
                }
                for (TopicPartition partition : partitions) {
                    positions.put(partition, consumer.position(partition));
                }
                if (!caughtUp && passed(endAtStart, 0)) {
                    caughtUp = true;
                }
                release();
            } catch (WakeupException e) {
                // close() ends the loop, and somebody who wants the end begins the next turn.
            } catch (KafkaException e) {
                LOG.warnf("follower=retrying cause=\"%s\"", e.getMessage());
            }
        }
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    private void askForEnd() {
        // Only who asked before the end was asked for: what others saw written since may lie behind it.
        int asked = wantEnd.size();
        if (asked == 0) {
            return;
        }
        Map<TopicPartition, Long> last = new HashMap<>();
        consumer.endOffsets(partitions).forEach((partition, end) -> last.put(partition, end - 1));
        synchronized (waiting) {
            for (int n = 0; n < asked; n++) {
                waiting.add(new Waiting(last, wantEnd.remove()));
            }
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            view.forget(record.topic(), record.key());
            return;
        }
        try {
            Envelope envelope = Envelope.of(headers(record), record.value());
            SignedRecord signed = new SignedRecord(record.topic(), String.valueOf(record.key()), envelope);
            if (record.topic().startsWith("pxemesh.down.")) {
                Optional<String> refused = trusted.refuse(signed);
                if (refused.isPresent()) {
                    throw new MalformedEventException(refused.get());
                }
            }
            view.apply(signed, envelope.event());
        } catch (MalformedEventException | RuntimeException e) {
            LOG.warnf(
                    "record=dead-lettered topic=%s partition=%d offset=%d key=%s reason=\"%s\"",
                    record.topic(), record.partition(), record.offset(), record.key(), e.getMessage());
            deadLetters.put(record, String.valueOf(e.getMessage()));
        }
    }

    /** Headers by name; where one stands twice the last counts, as in Kafka's own lookup. */
    static Map<String, byte[]> headers(ConsumerRecord<?, ?> record) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value());
        }
        return headers;
    }

    private boolean passed(Map<TopicPartition, Long> offsets, int plus) {
        return offsets.entrySet().stream().allMatch(e -> positions.getOrDefault(e.getKey(), 0L) >= e.getValue() + plus);
    }

    private void release() {
        List<Waiting> ready = new ArrayList<>();
        synchronized (waiting) {
            waiting.removeIf(w -> passed(w.offsets, 1) && ready.add(w));
        }
        ready.forEach(w -> w.emitter.complete(null));
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
