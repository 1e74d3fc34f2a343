package org.pxemesh.lab.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pxemesh.lab.Tree;

/** Runs Jazzer for one target after the other, each in a Java of its own that a finding may end. */
final class Fuzzer {

    /** A reading that takes this long hangs; what takes less and still too long is told by its processor time. */
    private static final int HANGS_SECONDS = 60;

    private static final Pattern EXECUTED = Pattern.compile("stat::number_of_executed_units:\\s+(\\d+)");
    private static final Pattern DONE = Pattern.compile("#\\d+\\s+DONE\\s+cov: (\\d+)");
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path folder;

    Fuzzer(Path folder) {
        this.folder = folder;
    }

    /**
     * What became of a target.
     *
     * @param findings inputs that are new
     */
    record Ended(
            String target,
            int exit,
            long seconds,
            String inputs,
            String coverage,
            long corpus,
            Set<Path> findings,
            Path log) {

        boolean well() {
            return exit == 0 && findings.isEmpty();
        }

        String advice() {
            return findings.isEmpty()
                    ? target + " ended with " + exit + " and left no input; its log is " + log
                    : findings.stream()
                            .map(input -> target + " fails with " + input + "; its trace is in " + log
                                    + "\n  again:   ./mesh lab fuzz --target " + target + " --replay " + input
                                    + "\n  to keep: what that prints, as a capture of fuzz/src/main/resources/captures")
                            .collect(Collectors.joining("\n"));
        }

        @Override
        public String toString() {
            return target + ": " + (well() ? "nothing found" : "FOUND something") + " in " + seconds + " s (" + inputs
                    + " inputs, coverage " + coverage + ", corpus of " + corpus + ")";
        }
    }

    /** Puts the captures into the corpora; the names of all targets. */
    List<String> writeSeeds() throws IOException, InterruptedException {
        Process process = java("ALL", List.of("org.pxemesh.fuzz.WriteCorpus", folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("seeds.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("the seeds could not be written; the log is " + folder.resolve("seeds.log"));
        }
        return Files.readAllLines(folder.resolve("targets.txt"));
    }

    int replay(String target, Path input) throws IOException, InterruptedException {
        return java(
                        target,
                        List.of(
                                "org.pxemesh.fuzz.Replay",
                                target,
                                input.toAbsolutePath().toString()))
                .inheritIO()
                .start()
                .waitFor();
    }

    Ended fuzz(String target, long seconds) throws IOException, InterruptedException {
        Path corpus = folder.resolve(target.toLowerCase(Locale.ROOT).replace('_', '-'));
        Path log = folder.resolve(target + ".log");
        Set<Path> before = findings(target);
        Process process = java(
                        target,
                        List.of(
                                "com.code_intelligence.jazzer.Jazzer",
                                "--target_class=org.pxemesh.fuzz.Fuzz",
                                "--instrumentation_includes=org.pxemesh.**",
                                "-max_total_time=" + seconds,
                                "-timeout=" + HANGS_SECONDS,
                                "-print_final_stats=1",
                                "-artifact_prefix=" + folder + "/" + target + "-",
                                corpus.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Not asked to end, but ended: Jazzer would take what it reads at that moment for a finding.
        Thread killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            int exit = process.waitFor();
            Set<Path> found = findings(target);
            found.removeAll(before);
            String said = Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1);
            return new Ended(target, exit, seconds, last(EXECUTED, said), last(DONE, said), count(corpus), found, log);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(killer);
        }
    }

    private Set<Path> findings(String target) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(target) + "-(crash|timeout|oom|leak|slow-unit)-.*");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static long count(Path corpus) throws IOException {
        try (Stream<Path> files = Files.list(corpus)) {
            return files.count();
        }
    }

    private static String last(Pattern pattern, String text) {
        String found = "?";
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found = matcher.group(1);
        }
        return found;
    }

    /** Files that parsers read are written into memory where there is such a place. */
    private ProcessBuilder java(String target, List<String> program) throws IOException {
        Path classPath = Tree.jar("fuzz/target/class-path.txt");
        List<String> command = new ArrayList<>(List.of(
                Tree.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir="
                        + (Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"))),
                "-Dpxemesh.fuzz.target=" + target,
                "-cp",
                Tree.jar("fuzz/target/pxemesh-fuzz.jar") + ":" + Files.readString(classPath)));
        command.addAll(program);
        return new ProcessBuilder(command).directory(folder.toFile());
    }
}
