package org.pxemesh.packageservice.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.packageservice.TestConfig;
import org.pxemesh.packageservice.TestTrees;

class DirectorySourceTest {

    @TempDir
    Path dir;

    private Path root;
    private ImportRoots roots;

    private static ImportRoots roots(Path... paths) {
        return new ImportRoots(TestConfig.of(1 << 20, 50).roots(List.of(paths)));
    }

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectories(dir.toRealPath().resolve("root"));
        TestTrees.write(root.resolve("tree"), TestTrees.netboot(""), TestTrees.netbootLinks());
        roots = roots(root);
    }

    @Test
    void shouldFollowTheLinksInsideOfTheTree() throws Exception {
        // When
        DirectorySource source = roots.open(root.resolve("tree").toString());
        // Then
        assertThat(Collected.of(source))
                .containsAllEntriesOf(TestTrees.netboot(""))
                .containsEntry("pxelinux.0", "pxelinux")
                .containsEntry("pxelinux.cfg/default", "default install")
                .hasSize(source.expectedFiles());
    }

    @Test
    void shouldRefuseDirectoriesOutsideOfTheRoots() throws Exception {
        Path other = Files.createDirectory(dir.resolve("other"));
        Path way = Files.createSymbolicLink(root.resolve("way-out"), other);
        assertRefused(other.toString(), "is under none of pxemesh.import.roots");
        assertRefused(root + "/../other", "is under none of pxemesh.import.roots");
        assertRefused(root + "x", "is under none of pxemesh.import.roots");
        assertRefused(way.toString(), "leads by a symbolic link to a place under none of");
        assertRefused("tree", "must be an absolute path");
        assertRefused("/a\0b", "is not a path");
        assertRefused(root + "/missing", "cannot be read");
        assertRefused(root + "/tree/version.info", "is not a directory");
    }

    @Test
    void shouldSayThatNoRootIsSet() {
        assertThatThrownBy(() -> roots().open("/srv"))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("pxemesh.import.roots, which is not set");
    }

    @Test
    void shouldRefuseLinksOutOfTheRoot() throws Exception {
        // Given
        Files.writeString(dir.resolve("secret"), "s");
        Path tree = root.resolve("tree");
        // When, Then
        Files.createSymbolicLink(tree.resolve("shadow"), dir.resolve("secret"));
        assertRefused(
                tree.toString(),
                "shadow leads by a symbolic link to " + dir.toRealPath().resolve("secret"));
        Files.delete(tree.resolve("shadow"));
        Files.createSymbolicLink(tree.resolve("folder"), dir);
        assertRefused(tree.toString(), "folder leads by a symbolic link to " + dir.toRealPath());
    }

    @Test
    void shouldRefuseLoopsDanglingLinksAndPipes() throws Exception {
        Path tree = root.resolve("tree");
        Files.createSymbolicLink(tree.resolve("loop"), tree);
        assertRefused(tree.toString(), "loop is a symbolic link to a folder that it stands in");
        Files.delete(tree.resolve("loop"));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));
        assertRefused(tree.toString(), "dangling is a symbolic link to nowhere, which does not exist");
        Files.delete(tree.resolve("dangling"));
        assertThat(new ProcessBuilder("mkfifo", tree.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertRefused(tree.toString(), "pipe is a device, pipe or socket");
    }

    @Test
    void shouldBoundTheNumberOfFiles() throws Exception {
        for (int i = 0; i < 50; i++) {
            Files.writeString(root.resolve("tree").resolve("f" + i), "");
        }
        assertRefused(root.resolve("tree").toString(), "more than pxemesh.import.max-files=50 files");
    }

    @Test
    void shouldTakeARootThatIsItselfALink() throws Exception {
        Path alias = Files.createSymbolicLink(dir.resolve("alias"), root);
        assertThat(Collected.of(roots(alias).open(alias + "/tree"))).containsKey("version.info");
        assertThat(Map.copyOf(Collected.of(roots(alias).open(root + "/tree")))).containsKey("version.info");
    }

    private void assertRefused(String directory, String complaint) {
        assertThatThrownBy(() -> roots.open(directory))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining(complaint);
    }
}
