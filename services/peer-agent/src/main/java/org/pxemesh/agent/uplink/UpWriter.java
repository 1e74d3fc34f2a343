package org.pxemesh.agent.uplink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.mesh.MeshMessage.UpEvent;
import org.pxemesh.events.TopicCatalog;

/** Sends events to HQ. One thread does so, because asking for a topic's partitions and a full buffer may block. */
final class UpWriter implements AutoCloseable {
    private final String servers;
    private final String clientId;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("hq-events").factory());
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private boolean closed;

    UpWriter(String servers, String clientId) {
        this.servers = servers;
        this.clientId = clientId;
    }

    CompletionStage<Void> publish(List<UpEvent> events) {
        var done = new CompletableFuture<Void>();
        try {
            thread.execute(() -> send(events, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    private void send(List<UpEvent> events, CompletableFuture<Void> done) {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        try {
            for (var event : events) {
                var one = new CompletableFuture<Void>();
                sent.add(one);
                open().send(record(event), (metadata, failure) -> {
                    if (failure == null) {
                        one.complete(null);
                    } else {
                        one.completeExceptionally(failure);
                    }
                });
            }
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
            return;
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).whenComplete((all, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }

    private ProducerRecord<byte[], byte[]> record(UpEvent event) {
        var topic = TopicCatalog.named(event.topic());
        var partitions = open().partitionsFor(topic.name()).size();
        var partition = topic.bySite() ? TopicCatalog.partition(event.siteId(), partitions) : null;
        var headers = event.envelope().headers().entrySet().stream()
                .<Header>map(header -> new RecordHeader(header.getKey(), header.getValue()))
                .toList();
        return new ProducerRecord<>(
                topic.name(),
                partition,
                event.key().getBytes(StandardCharsets.UTF_8),
                event.envelope().data(),
                headers);
    }

    private synchronized KafkaProducer<byte[], byte[]> open() {
        if (closed) {
            throw new IllegalStateException("the link to HQ is closed");
        }
        if (producer == null) {
            producer = new KafkaProducer<>(
                    KafkaSettings.producer(servers, clientId), new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        KafkaProducer<byte[], byte[]> closing;
        synchronized (this) {
            closed = true;
            closing = producer;
        }
        if (closing != null) {
            Thread.ofPlatform().daemon().name("hq-close").start(() -> closing.close(Duration.ZERO));
        }
    }
}
