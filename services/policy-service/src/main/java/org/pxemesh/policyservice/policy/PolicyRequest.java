package org.pxemesh.policyservice.policy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.desk.Checks;

/**
 * A policy as people send it; {@code id} and {@code revision} may come along from an answer and are not looked at.
 *
 * @param name unique
 * @param enabled may come along from an answer; only the two buttons change it
 * @param mode answer unless said otherwise
 * @param collections the peers that it is for
 * @param unknownComputers ignore unless said otherwise
 * @param hold the deployed packages on all peers unless said otherwise
 * @param tftpBlockSize bytes in a TFTP block that Windows' boot manager shall ask for, 512 to 16384; 1456 unless said
 *     otherwise
 * @param tftpWindowSize blocks in a window that it shall ask for, 1 to 64; 4 unless said otherwise
 * @param promptSeconds how long a person has for an answer where a machine asks before it boots, 1 to 3600; 15 unless said
 *     otherwise
 */
@Schema(name = "PolicyRequest")
@JsonIgnoreProperties({"id", "revision"})
public record PolicyRequest(
        @Schema(required = true, examples = "Offices") @Nullable
        String name,

        @Nullable Boolean enabled,
        @Nullable PolicyMode mode,

        @Schema(required = true, examples = "[\"a11c0000-0000-4000-8000-000000000001\"]") @Nullable
        List<@Nullable UUID> collections,

        @Nullable UnknownComputers unknownComputers,
        @Nullable HoldRequest hold,
        @Schema(examples = "1456") @Nullable Integer tftpBlockSize,
        @Schema(examples = "4") @Nullable Integer tftpWindowSize,
        @Schema(examples = "15") @Nullable Integer promptSeconds) {

    /**
     * What the peers hold, as people send it.
     *
     * @param kind deployed unless said otherwise
     * @param packages {@code name@version}, for {@code LISTED} alone
     * @param spread all peers, or some of each segment; follows from holdersPerSegment unless said otherwise
     * @param holdersPerSegment how many peers of a segment hold it, 0 = all; 5 where spread is PER_SEGMENT and nothing
     *     else is said
     * @param uploadBytesPerSecond what a peer gives its neighbours at most, 65536 or more; unbounded unless said
     *     otherwise
     */
    @Schema(name = "HoldRequest")
    public record HoldRequest(
            @Nullable HoldKind kind,
            @Nullable List<@Nullable String> packages,
            @Nullable HoldSpread spread,
            @Schema(examples = "5") @Nullable Integer holdersPerSegment,
            @Schema(examples = "10485760") @Nullable Long uploadBytesPerSecond) {}

    /** How many peers of a segment hold what a policy wants held. */
    public enum HoldSpread {
        ALL,
        PER_SEGMENT
    }

    private static final int MAX_COLLECTIONS = 1_000;
    private static final int MAX_PACKAGES = 1_000;
    private static final int MAX_HOLDERS = 1_000;

    /** The state that this asks for. */
    public PolicyState judged(PolicySnapshot snapshot, UUID id, long revision, boolean enabledNow) {
        Checks checks = new Checks();
        String cleanName = checks.name(name);
        checks.unique(cleanName, id, snapshot, PolicyResource.KIND);
        checks.that(
                enabled == null || enabled == enabledNow,
                "enabled",
                "is " + enabledNow + " now; POST to /api/v1/policies/{id}/" + (enabledNow ? "disable" : "enable"));
        List<UUID> targets = checks.each(
                collections,
                "collections",
                MAX_COLLECTIONS,
                (field, target) -> checks.that(
                        snapshot.collection(target).isPresent(), field, "there is no collection " + target));
        checks.that(
                collections != null && !collections.isEmpty(),
                "collections",
                "must name at least one collection of peers");
        Holding holding = holding(checks, snapshot);
        bounded(
                checks,
                "tftpBlockSize",
                tftpBlockSize,
                PolicyState.MIN_TFTP_BLOCK_SIZE,
                PolicyState.MAX_TFTP_BLOCK_SIZE);
        bounded(checks, "tftpWindowSize", tftpWindowSize, 1, PolicyState.MAX_TFTP_WINDOW_SIZE);
        bounded(checks, "promptSeconds", promptSeconds, 1, PolicyState.MAX_PROMPT_SECONDS);
        checks.done();
        return new PolicyState(
                id,
                revision,
                cleanName,
                enabledNow,
                mode == null ? PolicyMode.ANSWER : mode,
                targets.stream().distinct().toList(),
                unknownComputers == null ? UnknownComputers.IGNORE : unknownComputers,
                holding,
                tftpBlockSize,
                tftpWindowSize,
                promptSeconds);
    }

    private static void bounded(Checks checks, String field, @Nullable Integer value, int least, int most) {
        checks.that(value == null || (value >= least && value <= most), field, "must be " + least + " to " + most);
    }

    private Holding holding(Checks checks, PolicySnapshot snapshot) {
        HoldKind kind = hold == null || hold.kind() == null ? HoldKind.DEPLOYED : hold.kind();
        List<String> packages = checks.each(
                hold == null ? null : hold.packages(),
                "hold.packages",
                MAX_PACKAGES,
                (field, ref) ->
                        checks.that(snapshot.packages().containsKey(ref), field, "HQ has built no package " + ref));
        Long upload = hold == null ? null : hold.uploadBytesPerSecond();
        checks.that(
                (kind == HoldKind.LISTED) != packages.isEmpty(),
                "hold.packages",
                kind == HoldKind.LISTED ? "must list at least one package" : "is for the kind LISTED alone");
        checks.that(
                upload == null || upload >= Holding.MIN_UPLOAD,
                "hold.uploadBytesPerSecond",
                "must be at least " + Holding.MIN_UPLOAD
                        + ", or neighbours give up waiting; leave it out for no bound");
        return new Holding(kind, packages, holders(checks), upload);
    }

    /** 0 for all. */
    private int holders(Checks checks) {
        HoldSpread spread = hold == null ? null : hold.spread();
        Integer asked = hold == null ? null : hold.holdersPerSegment();
        if (spread == HoldSpread.PER_SEGMENT) {
            int number = asked == null ? Holding.SOME_HOLDERS : asked;
            checks.that(
                    number >= 1 && number <= MAX_HOLDERS,
                    "hold.holdersPerSegment",
                    "must be 1 to " + MAX_HOLDERS + " where spread is PER_SEGMENT; for all peers say ALL");
            return number;
        }
        int number = asked == null ? 0 : asked;
        checks.that(
                number >= 0 && number <= MAX_HOLDERS,
                "hold.holdersPerSegment",
                "must be 0 (all peers) to " + MAX_HOLDERS);
        checks.that(
                spread == null || number == 0,
                "hold.holdersPerSegment",
                "is " + number + " while spread is ALL; say PER_SEGMENT, or leave one of them out");
        return number;
    }
}
