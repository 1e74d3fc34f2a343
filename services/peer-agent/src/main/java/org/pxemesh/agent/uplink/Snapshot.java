package org.pxemesh.agent.uplink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.CollectionDeleted;
import org.pxemesh.events.ComputerDeleted;
import org.pxemesh.events.DeploymentDeleted;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventType;
import org.pxemesh.events.PackageRetired;
import org.pxemesh.events.PolicyDeleted;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.SiteDeleted;
import org.pxemesh.policy.PolicySnapshot;

/**
 * The signed records that hold, by topic and key, and what they mean. Not thread-safe: {@link SnapshotStore} guards it.
 */
final class Snapshot {
    /** Bytes of the records in one page of an exchange between peers; one record may exceed it alone. */
    private static final int PAGE_BYTES = 192 * 1024;

    private static final List<String> DELETIONS = List.of(
            EventType.of(SiteDeleted.class),
            EventType.of(CollectionDeleted.class),
            EventType.of(PolicyDeleted.class),
            EventType.of(DeploymentDeleted.class),
            EventType.of(ComputerDeleted.class),
            EventType.of(PackageRetired.class));

    private final TreeMap<String, SignedRecord> records = new TreeMap<>();
    private PolicySnapshot policy = PolicySnapshot.EMPTY;
    private long digest;
    private int live;

    /** A run of records, and where to go on: null at the end. */
    record Page(List<SignedRecord> records, @Nullable String next) {}

    PolicySnapshot policy() {
        return policy;
    }

    /** How many records of live entities there are. */
    int live() {
        return live;
    }

    /**
     * The same for the same records of live entities, in whatever order they came. Deleted ones do not count: neighbours
     * forget them at different times.
     */
    long digest() {
        return digest;
    }

    Iterable<SignedRecord> all() {
        return records.values();
    }

    /** Takes a record that was checked; false when the same or a newer revision is here. */
    boolean put(SignedRecord record, Event event) {
        var next = policy.apply(event);
        if (next == policy) {
            return false;
        }
        policy = next;
        replace(place(record), record);
        return true;
    }

    /** HQ's tombstone, which nobody signs: it may take away only what HQ declared deleted before. */
    boolean bury(String topic, String key) {
        var place = place(topic, key);
        var known = records.get(place);
        if (known == null || !DELETIONS.contains(known.envelope().type())) {
            return false;
        }
        records.remove(place);
        return true;
    }

    /** Records after a place, at most a page of them. */
    Page page(String after) {
        List<SignedRecord> page = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<String, SignedRecord> entry :
                records.tailMap(after, false).entrySet()) {
            bytes += entry.getValue().envelope().data().length * 4L / 3 + 512;
            if (bytes > PAGE_BYTES && !page.isEmpty()) {
                return new Page(page, place(page.getLast()));
            }
            page.add(entry.getValue());
        }
        return new Page(page, null);
    }

    private void replace(String place, SignedRecord record) {
        var former = records.put(place, record);
        if (former != null) {
            count(former, -1);
        }
        count(record, 1);
    }

    private void count(SignedRecord record, int change) {
        if (!DELETIONS.contains(record.envelope().type())) {
            digest ^= hash(record);
            live += change;
        }
    }

    private static String place(SignedRecord record) {
        return place(record.topic(), record.key());
    }

    private static String place(String topic, String key) {
        return topic + '\0' + key;
    }

    /** The signature is over all that matters, so it stands for the record. */
    private static long hash(SignedRecord record) {
        var hash = 0xcbf29ce484222325L;
        for (var octet : place(record).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        var signature = record.envelope().signature();
        if (signature != null) {
            for (var octet : signature) {
                hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
            }
        }
        return hash ^ (hash >>> 32);
    }
}
