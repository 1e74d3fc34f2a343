package org.pxemesh.agent.uplink;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.pxemesh.agent.AtomicFiles;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.events.RequiredComponents;
import org.pxemesh.events.SignedRecord;

/** The snapshot on disk: one JSON file, replaced as a whole, so that records and offsets always fit. */
final class SnapshotFile {
    private static final Logger LOG = Logger.getLogger(SnapshotFile.class);
    private static final ObjectMapper MAPPER = MeshCodec.newMapper();

    private final Path path;

    SnapshotFile(Path path) {
        this.path = path;
    }

    /** What the file holds. */
    record Kept(String cluster, Map<String, Long> offsets, List<SignedRecord> records) {}

    static Kept kept(String cluster, Map<String, Long> offsets, Iterable<SignedRecord> records) {
        List<SignedRecord> list = new ArrayList<>();
        records.forEach(list::add);
        return new Kept(cluster, offsets, list);
    }

    Optional<Kept> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            var kept = MAPPER.readValue(Files.readAllBytes(path), Kept.class);
            RequiredComponents.check(kept.records);
            // Nothing may be missing; copies take no null.
            return Optional.of(new Kept(
                    Objects.requireNonNull(kept.cluster), Map.copyOf(kept.offsets), List.copyOf(kept.records)));
        } catch (IOException | RuntimeException e) {
            LOG.warnf("event=snapshot-unreadable file=%s reason=%s action=asking-again", path, e.getMessage());
            return Optional.empty();
        }
    }

    void write(Kept kept) throws IOException {
        AtomicFiles.write(path, MAPPER.writeValueAsBytes(kept));
    }
}
