package org.pxemesh.packageservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.ManifestSignature;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;

class GarbageCollectorTest {

    private static final String CLUSTER = "cluster-1";
    private static final Instant LATER = Instant.now().plus(Duration.ofDays(8));

    @TempDir
    Path dir;

    private ContentStore store;
    private GarbageCollector collector;
    private Sha256 manifest;
    private Sha256 kernel;

    @BeforeEach
    void buildAVersion() throws Exception {
        store = new ContentStore(dir);
        collector = new GarbageCollector(store, Duration.ofDays(7), new SimpleMeterRegistry());
        try (Staging staging = store.stage("build")) {
            ManifestFile file = add(staging, "the kernel");
            kernel = file.sha256();
            byte[] bytes = new Manifest(PackageId.parse("debian@1"), List.of(file), boot()).toBytes();
            manifest = Sha256.of(bytes);
            var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            staging.publish(bytes, ManifestSignature.sign(bytes, new EventSigner(keys)));
        }
    }

    @Test
    void shouldDeleteARetiredVersionWithItsSignatureAfterTheGrace() throws Exception {
        // When
        long freed = collector.collect(CLUSTER, () -> retired(Instant.now()), LATER);

        // Then
        assertThat(freed).isGreaterThan("the kernel".length());
        assertThat(store.file(kernel)).doesNotExist();
        assertThat(store.manifest(manifest)).doesNotExist();
        assertThat(store.signature(manifest)).doesNotExist();
    }

    @Test
    void shouldServeItUntilThen() throws Exception {
        // When
        collector.collect(CLUSTER, () -> retired(LATER.minus(Duration.ofDays(6))), LATER);

        // Then
        assertThat(store.file(kernel)).hasContent("the kernel");
        assertThat(store.manifest(manifest)).exists();
    }

    @Test
    void shouldWaitForABuildThatMayAdoptTheFile() throws Exception {
        try (Staging build = store.stage("next")) {
            // Given a build that found the file here
            assertThat(add(build, "the kernel").sha256()).isEqualTo(kernel);

            // When
            collector.collect(CLUSTER, () -> retired(Instant.EPOCH), LATER);

            // Then
            assertThat(store.file(kernel)).exists();
        }

        // When it has ended without a manifest of its own
        collector.collect(CLUSTER, () -> retired(Instant.EPOCH), LATER);

        // Then
        assertThat(store.file(kernel)).doesNotExist();
    }

    @Test
    void shouldDeleteNothingForAnotherKafka() throws Exception {
        // Given
        collector.collect(CLUSTER, () -> live(), LATER);

        // When the settings name a broker that knows nothing of this content
        long freed = collector.collect("cluster-2", () -> new Garbage.Catalog(Set.of(), Map.of()), LATER);

        // Then
        assertThat(freed).isZero();
        assertThat(store.manifest(manifest)).exists();
    }

    @Test
    void shouldDeleteNothingWhileAManifestCannotBeRead() throws Exception {
        // Given
        Files.writeString(store.manifest(manifest), "damaged");

        // Then
        assertThatThrownBy(() -> collector.collect(CLUSTER, () -> live(), LATER))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(manifest.hex());
        assertThat(store.file(kernel)).exists();
    }

    @Test
    void shouldReplaceADamagedFileByTheGoodOneOfANewBuild() throws Exception {
        // Given
        Files.writeString(store.file(kernel), "THE KERNEL");

        // When
        try (Staging build = store.stage("next")) {
            ManifestFile file = add(build, "the kernel");
            byte[] bytes = new Manifest(PackageId.parse("debian@2"), List.of(file), boot()).toBytes();
            var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            build.publish(bytes, ManifestSignature.sign(bytes, new EventSigner(keys)));
        }

        // Then
        assertThat(store.file(kernel)).hasContent("the kernel");
    }

    private Garbage.Catalog live() {
        return new Garbage.Catalog(Set.of(manifest), Map.of());
    }

    private Garbage.Catalog retired(Instant since) {
        return new Garbage.Catalog(Set.of(), Map.of(manifest, since));
    }

    private static ManifestFile add(Staging staging, String text) throws IOException {
        return staging.add("linux", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static BootDescriptor boot() {
        return new BootDescriptor(
                PackageKind.LINUX_NETBOOT,
                List.of(new LoaderState("bios", "linux", List.of(), "linux", "linux", List.of(), false)));
    }
}
