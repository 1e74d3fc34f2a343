package org.pxemesh.statusservice.intake;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Lets the channel go on where the projections are, instead of where a consumer group was. */
@ApplicationScoped
@Identifier("stored-offsets")
public class StoredOffsets implements KafkaConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(StoredOffsets.class);

    private final ProjectionStore store;
    private final CatchUp catchUp;

    StoredOffsets(ProjectionStore store, CatchUp catchUp) {
        this.store = store;
        this.catchUp = catchUp;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> stored = store.resume();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long behind = 0;
        for (TopicPartition partition : partitions) {
            long next = stored.getOrDefault(partition, 0L);
            consumer.seek(partition, next);
            behind += ends.getOrDefault(partition, 0L) - next;
        }
        LOG.infof("projections=resuming partitions=%d behind=%d", partitions.size(), behind);
        catchUp.begin(ends, stored);
    }
}
