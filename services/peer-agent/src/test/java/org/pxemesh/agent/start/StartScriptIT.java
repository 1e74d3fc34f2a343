package org.pxemesh.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    private static final String CACHE = "agent.aot";
    private static final String SUM = "agent.aot.sum";
    private static final String MADE = "made the AOT cache";
    private static final String OTHER = "it was made for another Java, other options or another build";

    /** Java refuses to start where it cannot use the cache; without that it goes on without. */
    private static final String NOT_WITHOUT = "-XX:AOTMode=on";

    /** More than two training runs may take by the script's own patience. */
    private static final long PATIENCE_SECONDS = 720;

    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

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

    private record Running(Process process, Path output) {
        Ended end() throws Exception {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            String text = Files.readString(output, StandardCharsets.ISO_8859_1);
            assertThat(ended).as("it ended; it said " + text).isTrue();
            return new Ended(process.exitValue(), text);
        }
    }

    /** As an administrator and the service may do it: both at once. */
    @BeforeAll
    static void prepareTwiceAtOnce() throws Exception {
        Running one = launch(MODULE, made, Map.of(), "prepare");
        Running other = launch(MODULE, made, Map.of(), "prepare");
        List<Ended> both = List.of(one.end(), other.end());

        assertThat(both).as(() -> both + trainingLog()).allMatch(ended -> ended.code() == 0);
        assertThat(both)
                .as(() -> both + trainingLog())
                .anyMatch(ended -> ended.said().contains(MADE));
        try (Stream<Path> files = Files.list(made)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains(CACHE, SUM)
                    .noneMatch(name -> name.contains(".new"));
        }
    }

    private static String trainingLog() {
        try {
            return "\n" + Files.readString(made.resolve("agent.aot.log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "\nno log: " + e;
        }
    }

    @BeforeEach
    void copy() throws IOException {
        for (String name : List.of(CACHE, SUM)) {
            Files.copy(made.resolve(name), cache(name));
        }
    }

    @Test
    void shouldUseTheCacheThatFits() throws Exception {
        Ended ended = start(NOT_WITHOUT);

        assertThat(ended.isStarted()).as(ended.said()).isTrue();
        assertThat(ended.said()).doesNotContain(UNUSED);
    }

    @Test
    void shouldUseTheCacheInAnotherTimeZoneAndLanguage() throws Exception {
        Map<String, String> elsewhere = Map.of("TZ", "JST-9", "LC_ALL", "ja_JP.UTF-8");

        Ended ended = run(MODULE, folder, elsewhere, agent(NOT_WITHOUT));

        assertThat(ended.isStarted()).as(ended.said()).isTrue();
        assertThat(ended.said()).doesNotContain(UNUSED);
    }

    @Test
    void shouldNotMakeACacheAgainThatFits() throws Exception {
        Ended ended = run(MODULE, folder, Map.of(), "prepare");

        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).doesNotContain(MADE);
    }

    @Test
    void shouldStartWithoutACache() throws Exception {
        Files.delete(cache(CACHE));

        startsWithout("there is none");
    }

    @Test
    void shouldStartWhereACacheWasNotFinished() throws Exception {
        Files.delete(cache(SUM));

        startsWithout("it was not finished");
    }

    @Test
    void shouldStartWhereACacheWasNotFinishedWithItsSum() throws Exception {
        Files.writeString(cache(SUM), "471");

        startsWithout("it was not finished");
    }

    @Test
    void shouldStartWhereACacheIsOfAnotherJava() throws Exception {
        Map<String, String> another =
                Map.of("PXEMESH_JAVA", another(Files.readString(JAVA_HOME.resolve("release")) + "ANOTHER=\"yes\"\n"));

        startsWithout(OTHER, MODULE, another);
    }

    @Test
    void shouldStartWhereACacheIsOfAnotherBuild() throws Exception {
        Path installed = install();
        Files.setLastModifiedTime(
                installed.resolve("quarkus-app/quarkus-run.jar"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

        startsWithout(OTHER, installed, Map.of());
    }

    @Test
    void shouldStartWhereTheDiskDamagedTheCache() throws Exception {
        try (var file = new RandomAccessFile(cache(CACHE).toFile(), "rw")) {
            file.seek(file.length() / 2);
            int octet = file.read();
            file.seek(file.length() / 2);
            file.write(octet ^ 1);
        }

        startsWithout("its file is damaged");
    }

    @Test
    void shouldStartWhereTheCacheWasCutOff() throws Exception {
        try (var file = new RandomAccessFile(cache(CACHE).toFile(), "rw")) {
            file.setLength(file.length() / 3);
        }

        startsWithout("its file is damaged");
    }

    @Test
    void shouldStartWhereJavaItselfRefusesTheCache() throws Exception {
        // A whole file, as the script sees it, and no cache at all.
        Files.writeString(cache(CACHE), "no cache");
        Process cksum =
                new ProcessBuilder("cksum").redirectInput(cache(CACHE).toFile()).start();
        String sum = new String(cksum.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        Files.write(cache(SUM), List.of(Files.readAllLines(cache(SUM)).getFirst(), sum.strip()));

        assertThat(start(NOT_WITHOUT).isStarted()).isFalse();
        Ended ended = start();

        assertThat(ended.isStarted()).as(ended.said()).isTrue();
    }

    @Test
    void shouldSayThatNoCacheCanBeMadeWhereNothingCanBeWritten() throws Exception {
        // Root may write into any folder, and nobody below a file.
        Path nowhere = Files.writeString(folder.resolve("file"), "");

        Ended prepared = run(
                MODULE,
                folder,
                Map.of("PXEMESH_AOT_CACHE", nowhere.resolve(CACHE).toString()),
                "prepare");

        assertThat(prepared.code()).isEqualTo(1);
        assertThat(prepared.said()).contains(UNUSED + " reason=\"nothing can be written beside it\"");
        startsWithout(
                "there is none",
                MODULE,
                Map.of("PXEMESH_AOT_CACHE", nowhere.resolve(CACHE).toString()));
    }

    @Test
    void shouldNameAJavaThatIsTooOld() throws Exception {
        String old = another("JAVA_VERSION=\"17.0.15\"\n");

        Ended ended = run(MODULE, folder, Map.of("PXEMESH_JAVA", old), agent());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.said()).contains(old + " is Java 17: set PXEMESH_JAVA");
    }

    @Test
    void shouldNameAnUnknownCommandAndWhatIsNoSetting() throws Exception {
        assertThat(run(MODULE, folder, Map.of(), "fly").said()).contains("unknown command 'fly'");
        assertThat(run(MODULE, folder, Map.of(), "run", "pxemesh.host=linux").said())
                .contains("'pxemesh.host=linux' is not a setting");
    }

    private void startsWithout(String reason) throws Exception {
        startsWithout(reason, MODULE, Map.of());
    }

    private void startsWithout(String reason, Path installed, Map<String, String> environment) throws Exception {
        Ended ended = run(installed, folder, environment, agent());

        assertThat(ended.isStarted()).as(ended.said()).isTrue();
        assertThat(ended.said()).containsOnlyOnce(UNUSED).contains("reason=\"" + reason + "\"");
    }

    private Ended start(String... options) throws Exception {
        return run(MODULE, folder, Map.of(), agent(options));
    }

    /** An agent that ends as soon as it reads its settings. */
    private String[] agent(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "-Dpxemesh.trust.keys=none",
                "-Dpxemesh.local.port=0",
                "-Dpxemesh.state-dir=" + folder.resolve("state")));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    /** A Java in a home of its own that says another release of itself. */
    private String another(String release) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("another").resolve("bin"));
        Files.writeString(bin.resolveSibling("release"), release);
        Path java = Files.writeString(
                bin.resolve("java"), "#!/bin/sh\nexec '" + JAVA_HOME.resolve("bin/java") + "' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return java.toString();
    }

    /** A copy of the agent as an installation has it. */
    private Path install() throws IOException {
        Path installed = Files.createDirectory(folder.resolve("installed"));
        for (String name : List.of("pxemesh-agent", "jvm.flags")) {
            Files.copy(MODULE.resolve(name), installed.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path app = MODULE.resolve("target/quarkus-app");
        try (Stream<Path> files = Files.walk(app)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        installed
                                .resolve("quarkus-app")
                                .resolve(app.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return installed;
    }

    private Path cache(String name) {
        return folder.resolve(name);
    }

    private static Ended run(Path installed, Path caches, Map<String, String> environment, String... arguments)
            throws Exception {
        return launch(installed, caches, environment, arguments).end();
    }

    private static Running launch(Path installed, Path caches, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of(installed.resolve("pxemesh-agent").toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(caches, "said", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> settings = new HashMap<>(Map.of(
                "PXEMESH_JAVA", JAVA_HOME.resolve("bin/java").toString(),
                "PXEMESH_AOT_CACHE", caches.resolve(CACHE).toString()));
        settings.putAll(environment);
        builder.environment().putAll(settings);
        return new Running(builder.start(), output);
    }
}
