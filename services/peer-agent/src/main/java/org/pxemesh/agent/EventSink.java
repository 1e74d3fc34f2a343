package org.pxemesh.agent;

import java.util.List;
import org.pxemesh.events.Event;

/**
 * Takes {@code up} events. Topic, key, partition, id ({@code agent:start:sequence}) and time are added here; the event is
 * on disk when the call returns and stays there until Kafka acknowledged it through the segment's uplink.
 */
public interface EventSink {
    /** Never blocks for long and never throws: a full disk is counted and shown in the status. */
    void publish(Event event);

    /** The same for several, in their order. */
    default void publishAll(List<? extends Event> events) {
        events.forEach(this::publish);
    }
}
