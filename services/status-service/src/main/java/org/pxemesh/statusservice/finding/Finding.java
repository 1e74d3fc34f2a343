package org.pxemesh.statusservice.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something in a segment, beside the mesh, that is in the way of boot clients.
 *
 * @param siteName null when HQ has no record of the site
 * @param code for scripts; {@code docs/troubleshooting.md} lists them
 * @param server whose doing it is; empty where it is nobody's
 * @param symptom what the user of a boot client sees
 * @param meaning why
 * @param cure what to do about it
 * @param detail what exactly was seen; empty where there is no more to say
 * @param peers how many peers see it
 * @param since when the first of them saw it first
 * @param seenAt when it was confirmed last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(
        UUID siteId,
        @Nullable String siteName,
        UUID segmentId,
        String code,
        String server,
        String symptom,
        String meaning,
        String cure,
        String detail,
        int peers,
        Instant since,
        Instant seenAt) {}
