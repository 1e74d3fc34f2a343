package org.pxemesh.agent.segment;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.agent.uplink.SnapshotStore;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.events.PackageState;
import org.pxemesh.mesh.RankingInputs;

/** Who ranks on a segment, and the files of what they hold. Written by the segment's thread, read by everybody. */
final class SegmentHolders {
    private final DiskStore store;
    private final SnapshotStore snapshots;
    private volatile RankingInputs ranking = RankingInputs.NONE;
    private volatile Map<String, Set<String>> files = Map.of();

    SegmentHolders(DiskStore store, SnapshotStore snapshots) {
        this.store = store;
        this.snapshots = snapshots;
    }

    RankingInputs ranking() {
        return ranking;
    }

    /** By package reference. */
    Map<String, Set<String>> files() {
        return files;
    }

    void rank(RankingInputs inputs) {
        ranking = inputs;
    }

    /**
     * Files of the packages that somebody here holds whole. A peer that does not hold one has no manifest of it, and
     * what HQ's record says of its loaders is enough to point at a holder.
     */
    void refresh() {
        Map<String, Set<String>> known = new HashMap<>();
        for (var boot : ranking.holders().keySet()) {
            store.manifest(boot)
                    .map(manifest -> manifest.files().stream().map(ManifestFile::path))
                    .or(() -> Optional.ofNullable(snapshots.policy().packages().get(boot))
                            .map(SegmentHolders::named))
                    .ifPresent(paths -> known.put(boot, paths.collect(Collectors.toUnmodifiableSet())));
        }
        files = Map.copyOf(known);
    }

    private static Stream<String> named(PackageState pkg) {
        return pkg.boot().loaders().stream().flatMap(loader -> loader.files().stream());
    }
}
