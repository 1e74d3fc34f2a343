package org.pxemesh.statusservice.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the live stream tells it.
 *
 * @param id grows with each event; what {@code Last-Event-ID} names
 * @param type of the CloudEvent, for example {@code org.pxemesh.boot.offered.v1}
 * @param time wall time of its source, for display
 * @param data the event itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoggedEvent(
        long id,
        String type,
        Instant time,
        @Nullable UUID siteId,
        @Nullable UUID segmentId,
        @Nullable UUID peerId,
        @Nullable UUID bootId,
        JsonNode data) {}
