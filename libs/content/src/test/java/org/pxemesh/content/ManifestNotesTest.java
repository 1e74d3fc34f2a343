package org.pxemesh.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestNotesTest {

    private static Manifest noted() {
        ManifestFile plain = TestManifests.file("nbp", "loader", 4);
        ManifestFile found = new ManifestFile(
                plain.path(), plain.size(), plain.sha256(), plain.chunks(), "winpe.wim:/Windows/Boot/PXE/pxeboot.n12");
        return new Manifest(
                new PackageId("pe", "1"),
                List.of(found),
                TestManifests.boot("nbp"),
                new PackageNotes(List.of("beware"), List.of("amd64: boot.stl")));
    }

    @Test
    void shouldReadTheNotesThatItWrote() throws Exception {
        Manifest read = Manifest.parse(noted().toBytes());
        assertThat(read).isEqualTo(noted());
        assertThat(read.files().getFirst().origin()).isEqualTo("winpe.wim:/Windows/Boot/PXE/pxeboot.n12");
        assertThat(read.notes().absent()).containsExactly("amd64: boot.stl");
    }

    @Test
    void shouldSayNothingWhereThereIsNothingToSay() {
        assertThat(new String(TestManifests.small().toBytes(), StandardCharsets.UTF_8))
                .doesNotContain("notes", "origin");
    }

    @Test
    void shouldBoundWhatIsSaid() {
        assertThatThrownBy(() -> new PackageNotes(Collections.nCopies(65, "x"), List.of()))
                .hasMessageContaining("65 warnings");
        ManifestFile file = noted().files().getFirst();
        assertThatThrownBy(() ->
                        new ManifestFile(file.path(), file.size(), file.sha256(), file.chunks(), "x".repeat(1025)))
                .hasMessageContaining("origin has 1025 characters");
        String many = new String(noted().toBytes(), StandardCharsets.UTF_8)
                .replace("[\"beware\"]", "[" + "\"x\",".repeat(64) + "\"x\"]");
        assertThatThrownBy(() -> Manifest.parse(many.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("notes.warnings");
    }
}
