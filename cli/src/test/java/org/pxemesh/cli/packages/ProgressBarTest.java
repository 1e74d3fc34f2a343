package org.pxemesh.cli.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final StringWriter text = new StringWriter();

    @Test
    void shouldRedrawOneLineOnATerminal() {
        try (ProgressBar bar = new ProgressBar(new PrintWriter(text), true)) {
            bar.show("reading", 0, 3_000_000);
            bar.show("reading", 1_500_000, 3_000_000);
            bar.show("reading", 1_500_000, 3_000_000);
        }
        assertThat(text.toString().split("\r", -1))
                .containsExactly(
                        "",
                        "reading      [..............................] 0 kB of 3.0 MB",
                        "reading      [###############...............] 1.5 MB of 3.0 MB" + System.lineSeparator());
    }

    @Test
    void shouldWriteALinePerStageElsewhere() {
        try (ProgressBar bar = new ProgressBar(new PrintWriter(text), false)) {
            bar.show("reading", 0, 3);
            bar.show("reading", 1, 3);
            bar.show("done", 3, 3);
        }
        assertThat(text.toString().lines()).containsExactly("reading", "done");
    }

    @Test
    void shouldNotGuessWhereTheEndIsUnknown() {
        assertThat(ProgressBar.line("reading", 5_000_000, 0))
                .isEqualTo("reading      [..............................] 5.0 MB");
    }
}
