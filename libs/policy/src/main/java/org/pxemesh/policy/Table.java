package org.pxemesh.policy;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entities of one kind by key, each at its newest revision. Deleted ones leave their revision behind, so that a late
 * record cannot bring them back; a rebuild starts without these marks.
 */
final class Table<K, S> {

    private final Map<K, S> live;
    private final Map<K, Long> revisions;

    Table() {
        this(Map.of(), Map.of());
    }

    private Table(Map<K, S> live, Map<K, Long> revisions) {
        this.live = new HashMap<>(live);
        this.revisions = new HashMap<>(revisions);
    }

    Table<K, S> copy() {
        return new Table<>(live, revisions);
    }

    Map<K, S> live() {
        return Collections.unmodifiableMap(live);
    }

    boolean isGone(K key) {
        return revisions.containsKey(key) && !live.containsKey(key);
    }

    boolean put(K key, long revision, S state) {
        return newer(key, revision, state);
    }

    boolean remove(K key, long revision) {
        return newer(key, revision, null);
    }

    private boolean newer(K key, long revision, @Nullable S state) {
        Long known = revisions.get(key);
        if (known != null && known >= revision) {
            return false;
        }
        revisions.put(key, revision);
        if (state == null) {
            live.remove(key);
        } else {
            live.put(key, state);
        }
        return true;
    }
}
