package org.pxemesh.lab.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
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

    /** Kinds of findings that a machine that stood still makes as well. */
    private static final Pattern BY_THE_CLOCK = Pattern.compile("-(timeout|slow-unit)-");

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
        return java(target, replaying(target, input)).inheritIO().start().waitFor();
    }

    private static List<String> replaying(String target, Path input) {
        return List.of("org.pxemesh.fuzz.Replay", target, input.toAbsolutePath().toString());
    }

    Ended fuzz(String target, long seconds) throws IOException, InterruptedException {
        Path corpus = folder.resolve(target.toLowerCase(Locale.ROOT).replace('_', '-'));
        Path log = folder.resolve(target + ".log");
        Files.deleteIfExists(log);
        Set<Path> before = findings(target);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long left = seconds;
        boolean stoodStill;
        int exit;
        Set<Path> found;
        do {
            exit = jazzer(target, left, corpus, log);
            found = findings(target);
            found.removeAll(before);
            stoodStill = acquit(target, found, log) && found.isEmpty();
            left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
        } while (stoodStill && left > 0);
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        return new Ended(
                target,
                stoodStill ? 0 : exit,
                seconds,
                sum(EXECUTED, said),
                last(DONE, said),
                count(corpus),
                found,
                log);
    }

    /**
     * Takes the inputs out of the findings that the clock on the wall alone accuses: Jazzer's limits go on while the machine
     * sleeps or stands still. Read again, such an input takes no time.
     *
     * @return whether there were any
     */
    private boolean acquit(String target, Set<Path> found, Path log) throws IOException, InterruptedException {
        boolean any = false;
        for (Path input : List.copyOf(found)) {
            if (BY_THE_CLOCK.matcher(input.getFileName().toString()).find() && readsInTime(target, input, log)) {
                Files.delete(input);
                found.remove(input);
                any = true;
            }
        }
        return any;
    }

    private boolean readsInTime(String target, Path input, Path log) throws IOException, InterruptedException {
        Process again = java(target, replaying(target, input))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            return again.waitFor(HANGS_SECONDS, TimeUnit.SECONDS) && again.exitValue() == 0;
        } finally {
            again.destroyForcibly();
        }
    }

    private int jazzer(String target, long seconds, Path corpus, Path log) throws IOException, InterruptedException {
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
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // Not asked to end, but ended: Jazzer would take what it reads at that moment for a finding.
        Thread killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            return process.waitFor();
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

    private static String sum(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> Long.parseLong(match.group(1)))
                .reduce(Long::sum)
                .map(String::valueOf)
                .orElse("?");
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
