package org.pxemesh.statusservice.intake;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The channel: one poll of Kafka is one transaction of the database. */
@ApplicationScoped
public class Intake {

    private final RecordReader reader;
    private final ProjectionStore store;
    private final CatchUp catchUp;

    Intake(RecordReader reader, ProjectionStore store, CatchUp catchUp) {
        this.reader = reader;
        this.store = store;
        this.catchUp = catchUp;
    }

    @Incoming("events")
    @Blocking
    public void take(ConsumerRecords<String, byte[]> records) throws SQLException {
        List<Recorded> readable = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            // A tombstone follows a ...Deleted event, which said all there was to say.
            if (record.value() != null) {
                reader.read(record).ifPresent(readable::add);
            }
        }
        reader.settle();
        Map<TopicPartition, Long> next = new HashMap<>();
        records.nextOffsets().forEach((partition, offset) -> next.put(partition, offset.offset()));
        try {
            store.apply(readable, next);
        } catch (UnstorableException e) {
            applyOneByOne(readable);
            store.apply(List.of(), next);
        }
        catchUp.processed(next);
    }

    /** Finds the record that the database refuses: it alone goes to the dead letters. */
    private void applyOneByOne(List<Recorded> readable) throws SQLException {
        for (Recorded recorded : readable) {
            Map<TopicPartition, Long> next =
                    Map.of(recorded.partition(), recorded.record().offset() + 1);
            try {
                store.apply(List.of(recorded), next);
            } catch (UnstorableException e) {
                reader.bury(recorded.record(), String.valueOf(e.getMessage()));
                reader.settle();
                store.apply(List.of(), next);
            }
        }
    }
}
