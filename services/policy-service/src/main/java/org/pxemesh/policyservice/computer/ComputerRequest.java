package org.pxemesh.policyservice.computer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.CollectionKind;
import org.pxemesh.events.ComputerState;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.desk.Checks;

/**
 * A computer as people send it; {@code id} and {@code revision} may come along from an answer and are not looked at.
 *
 * @param name for people; branches may use a name twice
 * @param siteId its home, or null
 * @param macs with colons or dashes; no other computer has one of them
 * @param smbiosGuid as printed by firmware setup; cloned boards share one
 * @param labels what rules look at
 * @param collections the lists that name it
 */
@Schema(name = "ComputerRequest")
@JsonIgnoreProperties({"id", "revision"})
public record ComputerRequest(
        @Schema(required = true, examples = "PC-042") @Nullable
        String name,

        @Nullable UUID siteId,

        @Schema(examples = "[\"52:54:00:00:00:01\"]") @Nullable
        List<@Nullable String> macs,

        @Nullable String smbiosGuid,

        @Schema(examples = "{\"chassis\": \"desktop\"}") @Nullable
        Map<String, @Nullable String> labels,

        @Nullable List<@Nullable UUID> collections) {

    private static final int MAX_MACS = 16;
    private static final int MAX_LABELS = 64;
    private static final int MAX_LABEL_VALUE = 256;
    private static final int MAX_COLLECTIONS = 256;
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    // What the rule language takes as a label's name: others could be kept but never asked for.
    private static final Pattern LABEL = Pattern.compile("(?!(and|or|not|in)$)[a-z0-9._/-]{1,64}");

    /** The state that this asks for. */
    public ComputerState judged(PolicySnapshot snapshot, UUID id, long revision) {
        Checks checks = new Checks();
        String cleanName = checks.name(name);
        checks.that(siteId == null || snapshot.sites().containsKey(siteId), "siteId", "there is no site " + siteId);
        List<String> cleanMacs = macs(checks, snapshot, id);
        String guid = smbiosGuid == null ? null : smbiosGuid.strip().toLowerCase(Locale.ROOT);
        checks.that(
                guid == null || GUID.matcher(guid).matches(),
                "smbiosGuid",
                "must look like 4c4c4544-0042-3510-8052-b4c04f4e4d32");
        checks.that(guid != null || !cleanMacs.isEmpty(), "macs", "must name at least one MAC, or give a smbiosGuid");
        Map<String, String> cleanLabels = labels(checks);
        List<UUID> lists = lists(checks, snapshot);
        checks.done();
        return new ComputerState(id, revision, cleanName, siteId, cleanMacs, guid, cleanLabels, lists);
    }

    private List<String> macs(Checks checks, PolicySnapshot snapshot, UUID id) {
        List<String> clean = new ArrayList<>();
        checks.each(macs, "macs", MAX_MACS, (field, sent) -> {
            String mac = sent.strip().toLowerCase(Locale.ROOT).replace('-', ':');
            checks.that(MAC.matcher(mac).matches(), field, "must look like 52:54:00:00:00:01");
            checks.that(!clean.contains(mac), field, mac + " stands here twice");
            snapshot.computers().values().stream()
                    .filter(other -> !other.id().equals(id) && other.macs().contains(mac))
                    .findFirst()
                    .ifPresent(other -> checks.wrong(field, mac + " belongs to computer " + other.name()));
            clean.add(mac);
        });
        return clean;
    }

    private Map<String, String> labels(Checks checks) {
        Map<String, String> clean = new TreeMap<>();
        Map<String, @Nullable String> given = labels == null ? Map.of() : labels;
        checks.that(given.size() <= MAX_LABELS, "labels", "has more than " + MAX_LABELS + " entries");
        given.forEach((label, value) -> {
            String field = "labels." + label;
            String lower = label.toLowerCase(Locale.ROOT);
            checks.that(
                    LABEL.matcher(lower).matches(),
                    field,
                    "a label's name has 1 to 64 letters, digits and . _ - /, and is none of: and, or, not, in");
            if (value == null
                    || value.length() > MAX_LABEL_VALUE
                    || value.chars().anyMatch(Character::isISOControl)) {
                checks.wrong(
                        field, "a label's value has at most " + MAX_LABEL_VALUE + " characters, none of them control");
            } else {
                checks.that(clean.put(lower, value) == null, field, "stands here twice in different case");
            }
        });
        return clean;
    }

    private List<UUID> lists(Checks checks, PolicySnapshot snapshot) {
        List<UUID> given = checks.each(
                collections,
                "collections",
                MAX_COLLECTIONS,
                (field, list) -> checks.that(
                        snapshot.collection(list)
                                .filter(found -> found.state().kind() == CollectionKind.LIST)
                                .isPresent(),
                        field,
                        "there is no collection " + list + " of kind LIST"));
        return given.stream().distinct().toList();
    }
}
