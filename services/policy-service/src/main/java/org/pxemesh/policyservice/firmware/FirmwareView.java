package org.pxemesh.policyservice.firmware;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.FirmwareFingerprint;
import org.pxemesh.events.FirmwareState;

/**
 * A firmware as people look at it.
 *
 * @param fingerprint its id
 * @param description how its DISCOVER looks
 * @param form what the sites begin with; null while each decides by itself
 * @param pinned whether an administrator chose it
 * @param since when it was last confirmed, chosen or reverted
 * @param revision of the record, 0 without one
 * @param observed how many sites without foreign boot servers saw each form taken in the last seven days
 */
public record FirmwareView(
        String fingerprint,
        FirmwareFingerprint description,
        @Nullable String form,
        boolean pinned,
        @Nullable Instant since,
        long revision,
        Map<String, Integer> observed) {

    static FirmwareView of(FirmwareFingerprint description, @Nullable FirmwareState state, Map<String, Integer> votes) {
        return state == null
                ? new FirmwareView(description.id(), description, null, false, null, 0, votes)
                : new FirmwareView(
                        description.id(),
                        description,
                        state.form(),
                        state.pinned(),
                        state.since(),
                        state.revision(),
                        votes);
    }
}
