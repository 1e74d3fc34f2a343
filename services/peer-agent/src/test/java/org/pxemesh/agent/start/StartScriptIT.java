package org.pxemesh.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code pxemesh-agent}: a cache that fits is used, and none of the others keeps an agent from starting. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptIT {
    private static final String UNUSED = "event=no-aot-cache";
    private static final long PATIENCE_SECONDS = 180;

    @TempDir
    static Path made;

    @TempDir
    Path folder;

    private record Ended(int code, String said) {
        /** So far an agent comes whose key is none: all of its Java has started. */
        boolean isStarted() {
            return code == 2 && said.contains("pxemesh-agent: pxemesh.trust.keys: trusted key 1 is not the base64");
        }
    }

    @BeforeAll
    static void prepareOnce() throws Exception {
        Ended ended = run(made, "prepare");

        assertThat(made.resolve("agent.aot")).as(ended.said()).exists();
    }

    @BeforeEach
    void copy() throws IOException {
        for (String name : List.of("agent.aot", "agent.aot.sum")) {
            Files.copy(made.resolve(name), cache(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void shouldUseTheCacheThatFits() throws Exception {
        Ended ended = start("-Xlog:aot=info");

        assertThat(ended.isStarted()).as(ended.said()).isTrue();
        assertThat(ended.said())
                .contains("Opened AOT cache " + cache("agent.aot"))
                .contains("Mapped static  region #1")
                .doesNotContain(UNUSED);
    }

    @Test
    void shouldNotMakeACacheAgainThatFits() throws Exception {
        var before = Files.getLastModifiedTime(cache("agent.aot"));

        Ended ended = run(folder, "prepare");

        assertThat(ended.code()).isZero();
        assertThat(Files.getLastModifiedTime(cache("agent.aot"))).isEqualTo(before);
    }

    @Test
    void shouldStartWithoutACache() throws Exception {
        Files.delete(cache("agent.aot"));

        startsWithout("there is none");
    }

    @Test
    void shouldStartWhereACacheWasNotFinished() throws Exception {
        Files.delete(cache("agent.aot.sum"));

        startsWithout("it was not finished");
    }

    @Test
    void shouldStartWhereACacheIsOfAnotherJavaOrBuild() throws Exception {
        List<String> lines = Files.readAllLines(cache("agent.aot.sum"));
        Files.write(cache("agent.aot.sum"), List.of("4711 42", lines.get(1)));

        startsWithout("it was made for another Java, other options or another build");
    }

    @Test
    void shouldStartWhereTheDiskDamagedTheCache() throws Exception {
        try (var file = new RandomAccessFile(cache("agent.aot").toFile(), "rw")) {
            file.seek(file.length() / 2);
            int octet = file.read();
            file.seek(file.length() / 2);
            file.write(octet ^ 1);
        }

        startsWithout("its file is damaged");
    }

    @Test
    void shouldStartWhereTheCacheWasCutOff() throws Exception {
        try (var file = new RandomAccessFile(cache("agent.aot").toFile(), "rw")) {
            file.setLength(file.length() / 3);
        }

        startsWithout("its file is damaged");
    }

    @Test
    void shouldStartWhereJavaItselfRefusesTheCache() throws Exception {
        // A whole file, as the script sees it, and no cache at all.
        Files.writeString(cache("agent.aot"), "no cache");
        String sum = new String(
                new ProcessBuilder("sh", "-c", "exec cksum <'" + cache("agent.aot") + "'")
                        .start()
                        .getInputStream()
                        .readAllBytes(),
                StandardCharsets.US_ASCII);
        Files.write(
                cache("agent.aot.sum"),
                List.of(Files.readAllLines(cache("agent.aot.sum")).getFirst(), sum.strip()));

        Ended ended = start();

        assertThat(ended.isStarted()).as(ended.said()).isTrue();
    }

    @Test
    void shouldNameAnUnknownCommandAndWhatIsNoSetting() throws Exception {
        assertThat(run(folder, "fly").said()).contains("unknown command 'fly'");
        assertThat(run(folder, "run", "pxemesh.host=linux").said()).contains("'pxemesh.host=linux' is not a setting");
    }

    private void startsWithout(String reason) throws Exception {
        Ended ended = start();

        assertThat(ended.isStarted()).as(ended.said()).isTrue();
        assertThat(ended.said()).containsOnlyOnce(UNUSED).contains("reason=\"" + reason + "\"");
    }

    private Ended start(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.add("-Dpxemesh.trust.keys=none");
        arguments.add("-Dpxemesh.local.port=0");
        arguments.add("-Dpxemesh.state-dir=" + folder.resolve("state"));
        arguments.addAll(List.of(options));
        return run(folder, arguments.toArray(String[]::new));
    }

    private Path cache(String name) {
        return folder.resolve(name);
    }

    private static Ended run(Path caches, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of("pxemesh-agent").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile(caches, "said", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment()
                .put(
                        "PXEMESH_JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment()
                .put("PXEMESH_AOT_CACHE", caches.resolve("agent.aot").toString());
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(said, StandardCharsets.ISO_8859_1);
        assertThat(ended).as("it ended; it said " + text).isTrue();
        return new Ended(process.exitValue(), text);
    }
}
