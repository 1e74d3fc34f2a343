package org.pxemesh.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jazzer itself for a while, all targets in one process: a number of runs and no number of seconds. */
class ShortFuzzTest {

    private static final int RUNS = 1_500 * Target.values().length;

    @TempDir
    Path folder;

    @Test
    void shouldFindNothing() throws IOException, InterruptedException {
        WriteCorpus.main(new String[] {folder.toString()});
        Process jazzer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dpxemesh.fuzz.target=" + Fuzz.ALL,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + Fuzz.class.getName(),
                        "--instrumentation_includes=org.pxemesh.**",
                        "-runs=" + RUNS,
                        "-seed=1",
                        "-artifact_prefix=" + folder + "/",
                        folder.resolve("all").toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(jazzer.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(jazzer.waitFor()).as(output).isZero();
        assertThat(output).contains("DONE");
    }
}
