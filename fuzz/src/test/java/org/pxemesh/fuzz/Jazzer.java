package org.pxemesh.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Jazzer in a Java of its own, with the test's classes. */
final class Jazzer {

    private Jazzer() {}

    /** How it ended, and what it said. */
    record Ended(int exit, String output) {}

    static Ended run(String target, Path folder, Path corpus, int runs) throws IOException, InterruptedException {
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
                        "-runs=" + runs,
                        "-seed=1",
                        "-artifact_prefix=" + folder + "/",
                        corpus.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(jazzer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(jazzer.waitFor(), output);
    }
}
