package org.pxemesh.events;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka topic of the house.
 *
 * @param name in Kafka
 * @param retention how long records are kept; null for a compacted topic, which keeps the last of every key
 * @param bySite whether the partition is chosen by the site, so that an uplink reads one partition alone
 * @param key what records are keyed by, in words
 * @param events what may stand in it
 */
public record Topic(
        String name, @Nullable Duration retention, boolean bySite, String key, Set<Class<? extends Event>> events) {
    public Topic {
        events = Set.copyOf(events);
    }

    public boolean compacted() {
        return retention == null;
    }

    /** Where poison records of this topic go. */
    public String deadLetters() {
        return name + ".dlq";
    }
}
