package org.pxemesh.agent.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.AtomicFiles;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.content.Sha256;

/** When each package was used last, and since when it is retired: {@code content/usage.json}. Not thread-safe. */
final class KeepUsage {
    private static final Logger LOG = Logger.getLogger(KeepUsage.class);
    private static final ObjectMapper MAPPER = MeshCodec.newMapper();

    /** Times in milliseconds since 1970. */
    private record Entry(long lastUsed, @Nullable Long retiredSince) {}

    private final Path file;
    private final Map<String, Entry> byManifest = new TreeMap<>();
    private boolean changed;

    KeepUsage(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                byManifest.putAll(
                        MAPPER.readValue(Files.readAllBytes(file), new TypeReference<Map<String, Entry>>() {}));
            }
        } catch (IOException | RuntimeException e) {
            // What is not known counts as used now: it costs space for a while, and no content.
            LOG.warnf("event=usage-unreadable file=%s reason=%s", file, e.getMessage());
        }
    }

    /** What is not known yet counts as used now. */
    Instant lastUsed(Sha256 manifest, Instant now) {
        return Instant.ofEpochMilli(entry(manifest, now).lastUsed);
    }

    Optional<Instant> retiredSince(Sha256 manifest) {
        return Optional.ofNullable(byManifest.get(manifest.hex()))
                .flatMap(entry -> Optional.ofNullable(entry.retiredSince))
                .map(Instant::ofEpochMilli);
    }

    void used(Sha256 manifest, Instant when) {
        var before = entry(manifest, when);
        if (before.lastUsed < when.toEpochMilli()) {
            put(manifest, new Entry(when.toEpochMilli(), before.retiredSince));
        }
    }

    /** A version that is in use again was only missing from the snapshot for a while. */
    void retired(Sha256 manifest, boolean retired, Instant now) {
        var before = entry(manifest, now);
        if (retired != (before.retiredSince != null)) {
            put(manifest, new Entry(before.lastUsed, retired ? now.toEpochMilli() : null));
        }
    }

    void retain(Collection<Sha256> manifests) {
        var names = manifests.stream().map(Sha256::hex).toList();
        changed |= byManifest.keySet().retainAll(names);
    }

    /** Writes what changed. */
    void save() {
        if (!changed) {
            return;
        }
        try {
            AtomicFiles.write(file, MAPPER.writeValueAsBytes(byManifest));
            changed = false;
        } catch (IOException e) {
            LOG.warnf("event=usage-not-saved file=%s reason=%s", file, e.getMessage());
        }
    }

    private Entry entry(Sha256 manifest, Instant now) {
        var known = byManifest.get(manifest.hex());
        if (known == null) {
            known = new Entry(now.toEpochMilli(), null);
            put(manifest, known);
        }
        return known;
    }

    private void put(Sha256 manifest, Entry entry) {
        byManifest.put(manifest.hex(), entry);
        changed = true;
    }
}
