package org.pxemesh.agent.segment;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.mesh.RankingInputs;

/** Who ranks on a segment, and the files of what they hold. Written by the segment's thread, read by everybody. */
final class SegmentHolders {
    private final DiskStore store;
    private volatile RankingInputs ranking = RankingInputs.NONE;
    private volatile Map<String, Set<String>> files = Map.of();

    SegmentHolders(DiskStore store) {
        this.store = store;
    }

    RankingInputs ranking() {
        return ranking;
    }

    /** By package reference; packages without a manifest here are left out. */
    Map<String, Set<String>> files() {
        return files;
    }

    void rank(RankingInputs inputs) {
        ranking = inputs;
    }

    /** Files of the packages that somebody here holds whole; the manifest may still be on its way. */
    void refresh() {
        files = ranking.holders().keySet().stream()
                .filter(boot -> store.manifest(boot).isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        boot -> boot,
                        boot -> store.manifest(boot).orElseThrow().files().stream()
                                .map(ManifestFile::path)
                                .collect(Collectors.toUnmodifiableSet())));
    }
}
