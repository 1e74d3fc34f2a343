package org.pxemesh.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.StartProblem;

class IdentityTest {
    private static final Optional<String> GUID = Optional.of("guid-1");
    private static final List<String> MACS = List.of("02:00:00:00:00:01", "02:00:00:00:00:02");

    @TempDir
    Path stateDir;

    @Test
    void shouldKeepItsIdAndCountItsStarts() {
        // When
        var first = Identity.load(stateDir, GUID, MACS);
        var second = Identity.load(stateDir, GUID, MACS);

        // Then
        assertThat(second.agentId()).isEqualTo(first.agentId());
        assertThat(List.of(first.starts(), second.starts())).containsExactly(1L, 2L);
    }

    @Test
    void shouldKeepItsIdWhenOnlyTheCardOrOnlyTheBoardIsAnother() {
        // Given
        var first = Identity.load(stateDir, GUID, MACS);

        // When
        var otherCard = Identity.load(stateDir, GUID, List.of("02:00:00:00:00:09"));
        var otherBoard = Identity.load(stateDir, Optional.of("guid-2"), List.of("02:00:00:00:00:09"));

        // Then
        assertThat(otherCard.agentId()).isEqualTo(first.agentId());
        assertThat(otherBoard.agentId()).isEqualTo(first.agentId());
    }

    @Test
    void shouldMintANewIdOnAnotherMachine() {
        // Given a disk that was cloned
        var first = Identity.load(stateDir, GUID, MACS);

        // When
        var clone = Identity.load(stateDir, Optional.of("guid-2"), List.of("02:00:00:00:00:09"));

        // Then
        assertThat(clone.agentId()).isNotEqualTo(first.agentId());
        assertThat(clone.starts()).isGreaterThan(first.starts());
    }

    @Test
    void shouldRememberTheHighestTerm() {
        // Given
        Identity.load(stateDir, GUID, MACS);

        // When
        Identity.rememberTerm(stateDir, 7);
        Identity.rememberTerm(stateDir, 5);

        // Then
        assertThat(Identity.load(stateDir, GUID, MACS).highestTerm()).isEqualTo(7);
    }

    @Test
    void shouldMintANewIdWhenTheFileIsDamaged() throws IOException {
        // Given
        Files.writeString(stateDir.resolve("identity.json"), "{\"agentId\":");

        // Then
        assertThat(Identity.load(stateDir, GUID, MACS).agentId()).isNotNull();
    }

    @Test
    void shouldSayWhatToDoWhenTheDirectoryCannotBeWritten() throws IOException {
        // Given a file where the directory should be
        var file = Files.createFile(stateDir.resolve("file"));

        // Then
        assertThatThrownBy(() -> Identity.load(file.resolve("state"), GUID, MACS))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("pxemesh.state-dir")
                .hasMessageContaining("may write");
    }
}
