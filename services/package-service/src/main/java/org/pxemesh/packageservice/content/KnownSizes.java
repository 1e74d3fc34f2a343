package org.pxemesh.packageservice.content;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sizes of content that was asked for lately. Content never changes, and uplinks ask for it in small ranges, hundreds a
 * second: to ask the disk for each means another thread, which a busy host lets wait longer than the link does. Thread-safe.
 */
final class KnownSizes {
    private static final int MOST = 16_384;

    private final Map<String, Long> sizes = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /** Bytes. */
    synchronized Optional<Long> of(String file) {
        return Optional.ofNullable(sizes.get(file));
    }

    synchronized void is(String file, long bytes) {
        sizes.put(file, bytes);
    }

    synchronized void forget(String file) {
        sizes.remove(file);
    }
}
