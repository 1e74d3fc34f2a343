package org.pxemesh.packageservice.build;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.PackageBuildFailed;
import org.pxemesh.events.PackageBuildProgressed;
import org.pxemesh.events.TopicCatalog;

/** Tells the console how builds go. It never holds a build up: what Kafka does not take now is dropped and logged. */
@ApplicationScoped
class ProgressEvents {

    private static final Logger LOG = Logger.getLogger(ProgressEvents.class);
    private static final String SOURCE = "/package-service";

    private final Emitter<byte[]> emitter;
    private final InstantSource clock;

    ProgressEvents(
            @Channel("package-progress") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
                    Emitter<byte[]> emitter,
            InstantSource clock) {
        this.emitter = emitter;
        this.clock = clock;
    }

    void progressed(BuildStatus build) {
        send(new PackageBuildProgressed(
                build.id(),
                build.name(),
                build.version(),
                build.stage(),
                build.filesDone(),
                build.files(),
                build.bytesDone(),
                build.bytes()));
    }

    void failed(BuildStatus build) {
        send(new PackageBuildFailed(build.id(), build.name(), build.version(), String.valueOf(build.reason())));
    }

    private void send(Event event) {
        Envelope envelope = Envelope.of(UUID.randomUUID().toString(), SOURCE, clock.instant(), event);
        RecordHeaders headers = new RecordHeaders();
        envelope.headers().forEach(headers::add);
        OutgoingKafkaRecordMetadata<String> record = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(TopicCatalog.keyOf(event))
                .withHeaders(headers)
                .build();
        try {
            emitter.send(Message.of(envelope.data(), Metadata.of(record)));
        } catch (IllegalStateException e) {
            LOG.warnf("event=dropped type=%s cause=\"%s\"", envelope.type(), e.getMessage());
        }
    }
}
