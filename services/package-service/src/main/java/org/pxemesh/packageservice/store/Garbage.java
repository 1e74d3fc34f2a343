package org.pxemesh.packageservice.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pxemesh.content.Sha256;

/**
 * What may go from HQ's disk.
 *
 * @param manifests to be deleted first: whoever still sees a manifest finds its files
 * @param files to be deleted after them
 */
public record Garbage(Set<Sha256> manifests, Set<Sha256> files) {

    /**
     * What stands on the disk.
     *
     * @param filesOf each manifest's files
     * @param manifests when each was written
     * @param files when each was written
     */
    record Disk(Map<Sha256, Set<Sha256>> filesOf, Map<Sha256, Instant> manifests, Map<Sha256, Instant> files) {}

    /**
     * What the records say.
     *
     * @param live manifests of versions in use
     * @param retired manifests of retired versions, and since when
     */
    public record Catalog(Set<Sha256> live, Map<Sha256, Instant> retired) {}

    /**
     * Decides by reference: a file stays as long as one manifest names it, and a manifest as long as its version is in use
     * or was retired lately. What no record names may be a build's whose record is not here yet: its age decides.
     *
     * @throws IllegalStateException if a live version's manifest is not here, and so its files are not known: then nothing
     *     may go
     */
    static Garbage of(Disk disk, Catalog catalog, Instant now, Duration grace) {
        for (Sha256 live : catalog.live()) {
            if (!disk.filesOf().containsKey(live)) {
                throw new IllegalStateException("manifest " + live + " of a version in use is not here");
            }
        }
        Instant limit = now.minus(grace);
        Set<Sha256> manifests = new TreeSet<>();
        Set<Sha256> named = new HashSet<>();
        disk.manifests().forEach((manifest, written) -> {
            Instant since = catalog.retired().getOrDefault(manifest, written);
            if (catalog.live().contains(manifest) || since.isAfter(limit)) {
                named.addAll(disk.filesOf().getOrDefault(manifest, Set.of()));
            } else {
                manifests.add(manifest);
            }
        });
        Set<Sha256> files = new TreeSet<>();
        disk.files().forEach((file, written) -> {
            if (!named.contains(file) && !written.isAfter(limit)) {
                files.add(file);
            }
        });
        return new Garbage(manifests, files);
    }

    boolean isEmpty() {
        return manifests.isEmpty() && files.isEmpty();
    }
}
