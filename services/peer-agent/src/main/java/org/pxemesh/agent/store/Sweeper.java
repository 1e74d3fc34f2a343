package org.pxemesh.agent.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.events.PackageState;
import org.pxemesh.policy.PolicySnapshot;

/**
 * Frees the disk of packages that HQ retired. A package that is merely not wanted now stays: a policy that is disabled
 * and enabled again must not cost the WAN a second copy. Nothing is swept while HQ's word is stale.
 */
public final class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration GRACE = Duration.ofHours(1);
    private static final String INDEX = ".index";

    private final Path files;
    private final Path manifests;

    public Sweeper(Path stateDir) {
        files = stateDir.resolve("content").resolve("files");
        manifests = stateDir.resolve("content").resolve("manifests");
    }

    /**
     * Deletes what no live package consists of and nobody touched for an hour.
     *
     * @return how many files were deleted
     */
    public int sweep(PolicySnapshot snapshot, Instant now) {
        if (!snapshot.isFresh(now)) {
            return 0;
        }
        try {
            var live = snapshot.packages().values().stream()
                    .map(PackageState::manifestSha256)
                    .collect(Collectors.toSet());
            var deleted = delete(list(files), filesOf(live), now) + delete(list(manifests), live, now);
            if (deleted > 0) {
                LOG.infof("event=content-swept files=%d", deleted);
            }
            return deleted;
        } catch (IOException | ManifestException e) {
            LOG.warnf("event=content-not-swept reason=%s", e.getMessage());
            return 0;
        }
    }

    private Set<String> filesOf(Set<String> live) throws IOException, ManifestException {
        Set<String> kept = new HashSet<>();
        for (var digest : live) {
            var manifest = manifests.resolve(digest);
            if (Files.exists(manifest)) {
                for (var file : Manifest.parse(Files.readAllBytes(manifest)).files()) {
                    kept.add(file.sha256().hex());
                    kept.add(file.sha256().hex() + INDEX);
                }
            }
        }
        return kept;
    }

    private static int delete(List<Path> present, Set<String> kept, Instant now) throws IOException {
        var deleted = 0;
        for (var file : present) {
            var touched = Files.getLastModifiedTime(file).toInstant();
            if (!kept.contains(file.getFileName().toString())
                    && touched.plus(GRACE).isBefore(now)) {
                Files.delete(file);
                deleted++;
            }
        }
        return deleted;
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
