package org.pxemesh.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jazzer itself for a while, all targets in one process: a number of runs and no number of seconds. */
@Timeout(600)
class ShortFuzzTest {

    private static final int RUNS = 500 * Target.values().length;

    @TempDir
    Path folder;

    @Test
    void shouldFindNothing() throws IOException, InterruptedException {
        WriteCorpus.main(new String[] {folder.toString()});

        Jazzer.Ended ended = Jazzer.run(Fuzz.ALL, folder, folder.resolve("all"), RUNS);

        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("DONE");
    }

    @Test
    void shouldFindAnInputThatTakesTooMuchMemory() throws IOException, InterruptedException {
        Jazzer.Ended ended = Jazzer.run(BlowUp.OfMemory.class.getName(), folder, corpus("m"), 10);

        assertThat(ended.exit()).as(ended.output()).isNotZero();
        assertThat(ended.output()).contains("allocate 1048");
    }

    @Test
    void shouldFindAnInputThatTakesTooMuchTime() throws IOException, InterruptedException {
        Jazzer.Ended ended = Jazzer.run(BlowUp.OfTime.class.getName(), folder, corpus("t"), 10);

        assertThat(ended.exit()).as(ended.output()).isNotZero();
        assertThat(ended.output()).contains("ms of processor time, allowed are 500");
    }

    @Test
    void shouldNotTakeJazzersOwnWorkForTheParsers() throws IOException, InterruptedException {
        Jazzer.Ended ended = Jazzer.run(BlowUp.OfJazzersOwn.class.getName(), folder, corpus("x"), 10);

        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("DONE");
    }

    private Path corpus(String seed) throws IOException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Files.writeString(corpus.resolve("seed"), seed);
        return corpus;
    }
}
