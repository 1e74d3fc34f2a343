package org.pxemesh.packageservice.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a verification goes, or how it ended.
 *
 * @param ref {@code name@version}
 * @param state {@code running}, {@code sound}, {@code damaged} or {@code failed}
 * @param files in all, equal ones counted once; 0 while it is not known
 * @param bytes in all; 0 while it is not known
 * @param damaged what is not as the manifest says, so far
 * @param reason why it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerificationStatus(
        String ref,
        String state,
        int filesDone,
        int files,
        long bytesDone,
        long bytes,
        List<Damage> damaged,
        @Nullable String reason,
        Instant startedAt,
        @Nullable Instant endedAt) {

    public static final String RUNNING = "running";
    public static final String SOUND = "sound";
    public static final String DAMAGED = "damaged";
    public static final String FAILED = "failed";

    /**
     * Something damaged.
     *
     * @param path in the package; of the manifest and its signature their own names
     * @param sha256 what its content should be
     * @param problem what is wrong, and where in the file
     * @param stored where it stands at HQ
     */
    public record Damage(String path, String sha256, String problem, String stored) {}

    public VerificationStatus {
        damaged = List.copyOf(damaged);
    }

    static VerificationStatus begun(String ref, Instant now) {
        return new VerificationStatus(ref, RUNNING, 0, 0, 0, 0, List.of(), null, now, null);
    }

    VerificationStatus at(int filesDone, int files, long bytesDone, long bytes, List<Damage> damaged) {
        return new VerificationStatus(ref, state, filesDone, files, bytesDone, bytes, damaged, null, startedAt, null);
    }

    VerificationStatus ended(Instant now) {
        String end = damaged.isEmpty() ? SOUND : DAMAGED;
        return new VerificationStatus(ref, end, filesDone, files, bytesDone, bytes, damaged, null, startedAt, now);
    }

    VerificationStatus failed(String why, Instant now) {
        return new VerificationStatus(ref, FAILED, filesDone, files, bytesDone, bytes, damaged, why, startedAt, now);
    }

    boolean running() {
        return state.equals(RUNNING);
    }
}
