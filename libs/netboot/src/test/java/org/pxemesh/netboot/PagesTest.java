package org.pxemesh.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.dhcp.Architecture;
import org.pxemesh.netboot.pxe.ReplyForms;
import org.pxemesh.netboot.watch.Trouble;

/** Holds the pages' tables against the code that they are made of. */
class PagesTest {

    private static final Path DOCS = Path.of("../../docs");

    @Test
    void shouldDescribeEveryReplyForm() throws IOException {
        assertThat(Files.readAllLines(DOCS.resolve("boot-modes.md")))
                .containsAll(ReplyForms.ALL.stream()
                        .map(form -> "| `%s` | %s | %s |".formatted(form.name(), form.says(), form.then()))
                        .toList());
    }

    @Test
    void shouldDescribeEveryArchitecture() throws IOException {
        assertThat(Files.readAllLines(DOCS.resolve("boot-modes.md")))
                .containsAll(IntStream.range(0, 256)
                        .mapToObj(Architecture::new)
                        .filter(Architecture::isKnown)
                        .map(known -> "| %d | %s | %s |".formatted(known.code(), known.cpu(), known.firmware()))
                        .toList());
    }

    @Test
    void shouldTellEveryTroubleWithItsSymptomAndCure() throws IOException {
        assertThat(Files.readAllLines(DOCS.resolve("troubleshooting.md")))
                .containsAll(Arrays.stream(Trouble.values())
                        .map(trouble -> "| `%s` | %s | %s | %s |"
                                .formatted(trouble.code(), trouble.symptom(), trouble.meaning(), trouble.cure()))
                        .toList());
    }
}
