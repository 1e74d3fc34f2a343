package org.pxemesh.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pxelinux.0",
                "debian-installer/amd64/boot-screens/f1.txt",
                "EFI/Microsoft/Boot/BCD",
                "Prüfung/größe.txt",
                "a..b/...",
                "with space",
                "\uD83D\uDE00"
            })
    void shouldAcceptRealPaths(String path) {
        assertThat(FilePaths.problem(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "..",
                "../x",
                "a/../b",
                "a/./b",
                "a//b",
                "a/",
                "\\x",
                "a\\..\\b",
                "a\0",
                "a\nb",
                "a\u007f",
                "Pru\u0308fung",
                "\uD83D",
                "x\uDE00"
            })
    void shouldRefusePathsThatMeanDifferentThingsToDifferentReaders(String path) {
        assertThat(FilePaths.problem(path)).isPresent();
    }

    @Test
    void shouldBoundLengths() {
        assertThat(FilePaths.problem("x".repeat(255))).isEmpty();
        assertThat(FilePaths.problem("x".repeat(256))).isPresent();
        assertThat(FilePaths.problem("xy/".repeat(171))).isPresent();
    }

    @Test
    void shouldFindCollisionsAtAnyDepth() {
        assertThat(FilePaths.collision(List.of("a/b/c", "a/b.txt", "a/bc"))).isEmpty();
        assertThat(FilePaths.collision(List.of("a/b/c", "A/b"))).hasValue("\"A/b\" is both a file and a folder");
        assertThat(FilePaths.collision(List.of("a/B", "a/b"))).hasValue("\"a/B\" and \"a/b\" differ in case only");
    }
}
