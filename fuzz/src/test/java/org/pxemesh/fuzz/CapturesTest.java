package org.pxemesh.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pxemesh.fuzz.Captures.Capture;

/**
 * Golden captures: what the parsers make of each packet is written beside it. {@code -Dpxemesh.golden.write=true} writes
 * the texts anew; then read the difference.
 */
class CapturesTest {

    private static final int MUTANTS_PER_CAPTURE = 400;

    /** These write and read files, which takes a hundred times as long: a few dozen inputs of each capture will do. */
    private static final Set<Target> FILES = EnumSet.of(
            Target.WIM,
            Target.EFI_PROGRAM,
            Target.REVOCATION_LIST,
            Target.ARCHIVE,
            Target.TREE,
            Target.JOURNAL,
            Target.AGENT_FILE);

    private static final int FILES_PER_CAPTURE = 50;

    @ParameterizedTest
    @EnumSource
    void shouldReadEveryCaptureAsItIsWritten(Target target) throws IOException {
        List<Capture> captures = Captures.of(target);
        String text = Captures.text(captures, target);
        Path file = Path.of("src/main/resources/captures/" + target.label() + ".txt");
        if (Boolean.getBoolean("pxemesh.golden.write")) {
            Files.writeString(file, text);
        }

        assertThat(captures).hasSizeGreaterThan(2);
        assertThat(text)
                .as("if the change is wanted: -Dpxemesh.golden.write=true")
                .isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveEveryTruncationOfEveryCapture(Target target) {
        for (Capture capture : Captures.of(target)) {
            for (int length = 0; length <= capture.bytes().length; length += step(target, capture)) {
                Fuzz.run(target, Arrays.copyOf(capture.bytes(), length));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveChangedOctets(Target target) {
        Random chance = new Random(20_261_122);
        int mutants = FILES.contains(target) ? FILES_PER_CAPTURE : MUTANTS_PER_CAPTURE;
        for (Capture capture : Captures.of(target)) {
            for (int n = 0; n < mutants && capture.bytes().length > 0; n++) {
                byte[] mutant = capture.bytes().clone();
                for (int changes = 1 + chance.nextInt(4); changes > 0; changes--) {
                    mutant[chance.nextInt(mutant.length)] = (byte) chance.nextInt(256);
                }
                Fuzz.run(target, mutant);
            }
        }
    }

    private static int step(Target target, Capture capture) {
        return FILES.contains(target) ? 1 + capture.bytes().length / FILES_PER_CAPTURE : 1;
    }
}
