package org.pxemesh.packageservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.ManifestSignature;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.SigningKeys;

class ContentStoreTest {

    private static final byte[] MANIFEST = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path dir;

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ManifestSignature signature() {
        return ManifestSignature.sign(MANIFEST, new EventSigner(SigningKeys.generate()));
    }

    private List<Path> filesUnder(String folder) throws IOException {
        try (Stream<Path> paths = Files.walk(dir.resolve(folder))) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void shouldShowNothingBeforeItIsPublished() throws IOException {
        // Given
        ContentStore store = new ContentStore(dir);
        // When
        try (Staging staging = store.stage("build")) {
            staging.add("a", bytes("content"));
            // Then
            assertThat(filesUnder("files")).isEmpty();
        }
        assertThat(filesUnder("")).isEmpty();
    }

    @Test
    void shouldKeepEqualFilesOnceAndUseWhatIsThere() throws IOException {
        // Given
        ContentStore store = new ContentStore(dir);
        ManifestFile file;
        try (Staging staging = store.stage("first")) {
            file = staging.add("a", bytes("content"));
            assertThat(staging.add("b", bytes("content")).sha256()).isEqualTo(file.sha256());
            staging.publish(MANIFEST, signature());
        }
        // When
        try (Staging staging = store.stage("second")) {
            staging.add("c", bytes("content"));
            staging.add("d", bytes("other"));
            staging.publish(MANIFEST, signature());
        }
        // Then
        assertThat(filesUnder("files")).hasSize(2).contains(store.file(file.sha256()));
        assertThat(store.file(file.sha256())).hasContent("content");
        assertThat(store.manifest(Sha256.of(MANIFEST))).hasBinaryContent(MANIFEST);
        assertThat(Files.readString(store.signature(Sha256.of(MANIFEST)))).matches("[0-9a-f]{16}:[A-Za-z0-9+/=]+\n");
    }

    @Test
    void shouldMendAFileThatWasCutShort() throws IOException {
        // Given
        ContentStore store = new ContentStore(dir);
        Sha256 digest = Sha256.of("content".getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(store.folder(digest));
        Files.writeString(store.file(digest), "cont");
        // When
        try (Staging staging = store.stage("build")) {
            staging.add("a", bytes("content"));
            staging.publish(MANIFEST, signature());
        }
        // Then
        assertThat(store.file(digest)).hasContent("content");
    }

    @Test
    void shouldFindWhatTheProcessBeforeLeft() throws IOException {
        // Given
        ContentStore before = new ContentStore(dir);
        before.stage("cut-off").add("a", bytes("half"));
        Files.writeString(dir.resolve("uploads/import-1"), "half an archive");
        // When
        ContentStore after = new ContentStore(dir);
        // Then
        assertThat(after.interrupted())
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactly("cut-off");
        assertThat(filesUnder("uploads")).isEmpty();
    }

    @Test
    void shouldSayWhichSettingIsWrong() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");
        assertThatThrownBy(() -> new ContentStore(file)).hasMessageStartingWith("pxemesh.content.dir=" + file);
    }
}
