package org.pxemesh.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jazzer itself for a while: the same inputs each time, a number of runs and no number of seconds. */
class ShortFuzzTest {

    private static final int RUNS = 3_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldFindNothing(Target target) throws IOException, InterruptedException {
        WriteCorpus.main(new String[] {folder.toString()});
        Process jazzer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dpxemesh.fuzz.target=" + target,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + Fuzz.class.getName(),
                        "--instrumentation_includes=org.pxemesh.**",
                        "-runs=" + RUNS,
                        "-seed=1",
                        "-artifact_prefix=" + folder + "/",
                        folder.resolve(target.label()).toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(jazzer.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(jazzer.waitFor()).as(output).isZero();
        assertThat(output).contains("DONE");
    }
}
