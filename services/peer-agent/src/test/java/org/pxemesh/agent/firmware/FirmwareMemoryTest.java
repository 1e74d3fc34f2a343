package org.pxemesh.agent.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.netboot.pxe.ReplyForms;

class FirmwareMemoryTest {

    private static final String FIRMWARE = "0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    @TempDir
    Path directory;

    @Test
    void shouldKnowAfterARestartWhatItLearned() {
        FirmwareMemory memory = started(NOW);
        List<LearnedForm> told = new ArrayList<>();
        memory.onLearned(told::add);
        memory.learn(FIRMWARE, ReplyForms.PXE10);
        memory.save();

        assertThat(told).containsExactly(new LearnedForm(FIRMWARE, "pxe10", NOW.getEpochSecond()));
        assertThat(started(NOW.plusSeconds(60)).of(FIRMWARE))
                .hasValueSatisfying(learned -> assertThat(learned.form()).isEqualTo(ReplyForms.PXE10));
    }

    @Test
    void shouldForgetOverTheYears() {
        FirmwareMemory memory = started(NOW);
        memory.learn(FIRMWARE, ReplyForms.PXE10);
        memory.save();

        assertThat(started(NOW.plus(Duration.ofDays(179))).of(FIRMWARE)).isPresent();
        assertThat(started(NOW.plus(Duration.ofDays(181))).of(FIRMWARE)).isEmpty();
    }

    @Test
    void shouldLearnAnewFromADamagedFile() throws IOException {
        Files.writeString(directory.resolve("firmware.json"), "{\"learned\": [{\"fingerprint\": ");

        FirmwareMemory memory = started(NOW);
        assertThat(memory.all()).isEmpty();
        memory.learn(FIRMWARE, ReplyForms.BINL);
        memory.save();

        assertThat(started(NOW).all()).hasSize(1);
    }

    private FirmwareMemory started(Instant now) {
        FirmwareMemory memory = new FirmwareMemory(directory, Clock.fixed(now, ZoneOffset.UTC));
        memory.load();
        return memory;
    }
}
