package org.pxemesh.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageRetired;
import org.pxemesh.events.PackageState;
import org.pxemesh.policy.PolicySnapshot;

class SweeperTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final PolicySnapshot FRESH =
            PolicySnapshot.EMPTY.apply(new EpochRenewed(1, NOW, NOW.plus(Duration.ofDays(30))));
    private static final BootDescriptor BOOT = new BootDescriptor(
            PackageKind.LINUX_NETBOOT,
            List.of(new LoaderState("bios", "linux", List.of(), "linux", "linux", List.of(), false)));

    @TempDir
    Path stateDir;

    private Path content;
    private Path manifest;
    private PackageState pkg;

    @BeforeEach
    void holdAPackage() throws Exception {
        var chunker = new Chunker();
        chunker.update(new byte[] {1, 2, 3}, 0, 3);
        ManifestFile file = chunker.finish("linux");
        var bytes = new Manifest(PackageId.parse("debian@12"), List.of(file), BOOT).toBytes();
        var digest = Sha256.of(bytes).hex();
        pkg = new PackageState("debian", "12", 1, digest, "http://hq/content/manifests/" + digest, 3, 1, BOOT, NOW);
        new DiskStore(stateDir).adopt(pkg, bytes);
        content = stateDir.resolve("content/files").resolve(file.sha256().hex());
        manifest = stateDir.resolve("content/manifests").resolve(digest);
        age(Duration.ofHours(2));
    }

    @Test
    void shouldKeepWhatALivePackageConsistsOf() {
        // When
        var deleted = new Sweeper(stateDir).sweep(FRESH.apply(new PackageBuilt(pkg)), NOW);

        // Then
        assertThat(deleted).isZero();
        assertThat(content).exists();
    }

    @Test
    void shouldFreeTheDiskOfARetiredPackage() {
        // Given
        var retired = new PackageState(
                pkg.name(),
                pkg.version(),
                2,
                pkg.manifestSha256(),
                pkg.manifestUrl(),
                pkg.bytes(),
                pkg.files(),
                BOOT,
                NOW);

        // When
        new Sweeper(stateDir).sweep(FRESH.apply(new PackageBuilt(pkg)).apply(new PackageRetired(retired)), NOW);

        // Then
        assertThat(content).doesNotExist();
        assertThat(manifest).doesNotExist();
    }

    @Test
    void shouldSweepNothingWhileHqsWordIsStaleOrTheFilesAreNew() throws IOException {
        // Then
        assertThat(new Sweeper(stateDir).sweep(PolicySnapshot.EMPTY, NOW)).isZero();
        age(Duration.ofMinutes(10));
        assertThat(new Sweeper(stateDir).sweep(FRESH, NOW)).isZero();
        assertThat(content).exists();
    }

    private void age(Duration age) throws IOException {
        for (var file : List.of(content, manifest)) {
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
        }
    }
}
