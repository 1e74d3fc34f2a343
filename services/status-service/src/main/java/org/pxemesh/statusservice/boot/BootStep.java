package org.pxemesh.statusservice.boot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of a boot's timeline.
 *
 * @param type of the CloudEvent, for example {@code org.pxemesh.file.served.v1}
 * @param name the record's name, for example {@code FileServed}
 * @param time wall time of the peer that tells
 * @param peer its host name, null when it never reported one
 * @param summary one line for people
 * @param data the event itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BootStep(
        String type,
        String name,
        Instant time,
        UUID peerId,
        @Nullable String peer,
        String summary,
        JsonNode data) {}
