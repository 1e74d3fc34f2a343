package org.pxemesh.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    private static final String NOBODY = "2000000000@1970-01-01T00:00:00Z";

    @TempDir
    Path folder;

    private Process child;

    @BeforeEach
    void startChild() throws IOException {
        child = new ProcessBuilder("sleep", "300").start();
    }

    @AfterEach
    void endChild() {
        child.destroyForcibly();
    }

    @Test
    void shouldEndWhatADeadRunLeftBehind() throws IOException {
        // Given
        Path journal = journal("owner " + NOBODY, "pid " + Pids.of(child.toHandle()));

        // When
        Traces.sweep(folder);

        // Then
        Until.isTrue("the child to end", Duration.ofSeconds(5), () -> !child.isAlive());
        assertThat(journal).doesNotExist();
    }

    @Test
    void shouldLeaveALivingRunAlone() throws IOException {
        Path journal = journal("owner " + Pids.self(), "pid " + Pids.of(child.toHandle()));

        Traces.sweep(folder);

        assertThat(child.isAlive()).isTrue();
        assertThat(journal).exists();
    }

    @Test
    void shouldNotTouchAProcessThatOnlyHasThePidOfALostOne() throws IOException {
        journal("owner " + NOBODY, "pid " + child.pid() + "@1999-01-01T00:00:00Z");

        Traces.sweep(folder);

        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void shouldRemoveOnlyTheFoldersOfItsJournal() throws IOException {
        // Given
        Path ours = Files.createDirectories(folder.resolve("ours/deep"));
        Path theirs = Files.createDirectories(folder.resolve("theirs"));
        Files.writeString(ours.resolve("file"), "x");
        Traces traces = Traces.open(folder.resolve("journals"), "abcd");
        traces.folder(folder.resolve("ours"));

        // When
        traces.close();
        traces.close();

        // Then
        assertThat(folder.resolve("ours")).doesNotExist();
        assertThat(theirs).exists();
    }

    private Path journal(String... lines) throws IOException {
        return Files.writeString(folder.resolve("dead.journal"), String.join("\n", lines) + "\n");
    }
}
