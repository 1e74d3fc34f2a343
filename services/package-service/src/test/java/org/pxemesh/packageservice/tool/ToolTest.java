package org.pxemesh.packageservice.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.pxemesh.packageservice.source.ImportException;

@EnabledOnOs(value = OS.LINUX, disabledReason = "uses programs of every Linux")
class ToolTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static Tool tool(String name) {
        return new Tool(
                name, "pxemesh.test", Optional.empty(), List.of("nowhere", name), "install it", Map.of("A", "b"));
    }

    private static void ignore(InputStream printed) throws java.io.IOException {
        printed.transferTo(OutputStream.nullOutputStream());
    }

    @Test
    void shouldHandOverWhatAProgramPrintsAndHowItEnds() throws Exception {
        AtomicReference<String> said = new AtomicReference<>();
        Tool.Ended ended = tool("env")
                .run(
                        "tests need",
                        List.of(),
                        LONG,
                        10_000,
                        printed -> said.set(new String(printed.readAllBytes(), StandardCharsets.UTF_8)));
        assertThat(ended.well()).isTrue();
        assertThat(String.valueOf(said.get()).lines())
                .contains("A=b", "LC_ALL=C.UTF-8")
                .noneMatch(line -> line.startsWith("HOME="));

        Tool.Ended failed = tool("ls").run("tests need", List.of("/does/not/exist"), LONG, 10_000, ToolTest::ignore);
        assertThat(failed.well()).isFalse();
        assertThat(failed.complaint()).contains("/does/not/exist");
    }

    @Test
    void shouldStopAProgramThatDoesNotEnd() {
        assertThatThrownBy(() -> tool("sleep")
                        .run("tests need", List.of("600"), Duration.ofMillis(50), 10_000, ToolTest::ignore))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("sleep did not end within");
    }

    @Test
    void shouldStopAProgramThatSaysTooMuch() {
        assertThatThrownBy(() -> tool("yes").run("tests need", List.of(), LONG, 1 << 20, ToolTest::ignore))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("yes gave more than 1048576 bytes");
    }

    @Test
    void shouldSayWhatIsMissingAndWhatToDo() {
        Tool missing = new Tool(
                "tool", "pxemesh.test", Optional.of(Path.of("/nowhere/tool")), List.of("tool"), "install it", Map.of());
        assertThatThrownBy(() -> missing.run("tests need", List.of(), LONG, 1, ToolTest::ignore))
                .hasMessage("tests need tool, which is not on HQ's machine at pxemesh.test=/nowhere/tool: install it");
    }
}
