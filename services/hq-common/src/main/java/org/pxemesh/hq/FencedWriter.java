package org.pxemesh.hq;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.Topic;
import org.pxemesh.events.TopicCatalog;

/**
 * The one active writer of a service's compacted topics. A fixed transactional id fences an older instance the moment a
 * newer one starts; what belongs together (a state and its audit event) is one transaction.
 *
 * <p>Writes run one after another on a thread of their own. Records of {@code pxemesh.down.*} are signed.
 */
public final class FencedWriter implements AutoCloseable {
    private final Producer<String, byte[]> producer;
    private final String source;
    private final EventSigner signer;
    private final InstantSource clock;
    private final ExecutorService thread;
    private volatile boolean fenced;

    /**
     * Takes over from any older writer with the same id.
     *
     * @param kafka client settings, at least {@code bootstrap.servers}
     * @param transactionalId fixed for the service, for example {@code pxemesh.policy-service}
     * @param source of the CloudEvents, for example {@code /policy-service}
     */
    public FencedWriter(
            Map<String, Object> kafka, String transactionalId, String source, EventSigner signer, InstantSource clock) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        this.source = source;
        this.signer = signer;
        this.clock = clock;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("writer-" + transactionalId).daemon().factory());
        producer.initTransactions();
    }

    /** Whether a newer instance has taken over, so that this one can never write again. */
    public boolean fenced() {
        return fenced;
    }

    /**
     * Writes some events in one transaction.
     *
     * @return the offset of each partition's last record once they are committed; fails with {@link FencedException}
     *     when a newer instance has taken over
     */
    public Uni<Map<TopicPartition, Long>> write(List<Event> events) {
        return Uni.createFrom()
                .item(() -> inTransaction(events.stream().map(this::record).toList()))
                .runSubscriptionOn(thread);
    }

    /** Ends the key of an entity whose deletion is old enough, in the partition where the deletion was written. */
    public Uni<Map<TopicPartition, Long>> bury(Event deleted) {
        return Uni.createFrom()
                .item(() -> {
                    ProducerRecord<String, byte[]> last = record(deleted);
                    return inTransaction(
                            List.of(new ProducerRecord<>(last.topic(), last.partition(), last.key(), null)));
                })
                .runSubscriptionOn(thread);
    }

    /** Writes events to a topic other than their own: state that is derived from them. */
    public Uni<Map<TopicPartition, Long>> write(Topic topic, List<Event> events) {
        return Uni.createFrom()
                .item(() -> inTransaction(
                        events.stream().map(event -> record(topic, event)).toList()))
                .runSubscriptionOn(thread);
    }

    /** Ends a deleted entity's key for good: Kafka drops it once every follower had time to see it. */
    public Uni<Map<TopicPartition, Long>> tombstone(Topic topic, String key, int partition) {
        return Uni.createFrom()
                .item(() -> inTransaction(List.of(new ProducerRecord<>(topic.name(), partition, key, null))))
                .runSubscriptionOn(thread);
    }

    private ProducerRecord<String, byte[]> record(Event event) {
        return record(TopicCatalog.of(event), event);
    }

    private ProducerRecord<String, byte[]> record(Topic topic, Event event) {
        String key = TopicCatalog.keyOf(event);
        Envelope envelope = Envelope.of(UUID.randomUUID().toString(), source, clock.instant(), event);
        if (topic.name().startsWith("pxemesh.down.")) {
            envelope = signer.sign(topic.name(), key, envelope).envelope();
        }
        int partition = topic.bySite()
                ? TopicCatalog.partition(
                        TopicCatalog.siteOf(event),
                        producer.partitionsFor(topic.name()).size())
                : 0;
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.name(), partition, key, envelope.data());
        envelope.headers().forEach(record.headers()::add);
        return record;
    }

    private Map<TopicPartition, Long> inTransaction(List<ProducerRecord<String, byte[]>> records) {
        if (fenced) {
            throw new FencedException(source, null);
        }
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<String, byte[]> record : records) {
                sent.add(producer.send(record));
            }
            producer.commitTransaction();
            Map<TopicPartition, Long> offsets = new HashMap<>();
            for (Future<RecordMetadata> done : sent) {
                RecordMetadata metadata = done.get();
                offsets.merge(new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset(), Math::max);
            }
            return offsets;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            fenced = true;
            throw new FencedException(source, e);
        } catch (KafkaException e) {
            abort();
            throw e;
        } catch (ExecutionException e) {
            throw new KafkaException("a committed record has no offset", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while writing", e);
        }
    }

    private void abort() {
        try {
            producer.abortTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            fenced = true;
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
