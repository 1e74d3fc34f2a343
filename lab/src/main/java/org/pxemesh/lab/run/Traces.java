package org.pxemesh.lab.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The journal of what a run made outside of its own memory: namespaces, links, processes, folders. It is written before
 * the thing is made, so that the next run can remove what a killed one left behind, and nothing else.
 */
public final class Traces implements AutoCloseable {
    /** How long all processes of a run together have to end by themselves. */
    private static final Duration GRACE = Duration.ofSeconds(4);

    private final Path journal;
    private boolean clean;

    private Traces(Path journal) {
        this.journal = journal;
    }

    /**
     * Starts a journal, after the leftovers of dead runs are gone.
     *
     * @param folder of all journals, for example {@code .pxemesh/runs}
     */
    public static Traces open(Path folder, String runId) {
        try {
            Files.createDirectories(folder);
            sweep(folder);
            Traces traces = new Traces(folder.resolve(runId + ".journal"));
            traces.write("owner " + Pids.self());
            return traces;
        } catch (IOException e) {
            throw new UncheckedIOException("the lab's journal in " + folder + " cannot be written", e);
        }
    }

    /** Removes what runs left behind whose process no longer lives. */
    public static void sweep(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> journals = Files.list(folder)) {
            for (Path journal :
                    journals.filter(f -> f.toString().endsWith(".journal")).toList()) {
                List<String> lines = Files.readAllLines(journal);
                boolean alive = lines.stream()
                        .filter(line -> line.startsWith("owner "))
                        .anyMatch(line -> Pids.find(line.substring(6)).isPresent());
                if (!alive) {
                    new Traces(journal).close();
                }
            }
        }
    }

    public synchronized void namespace(String name) {
        write("netns " + name);
    }

    /** A link of the root namespace; its addresses and routes go with it. */
    public synchronized void link(String name) {
        write("link " + name);
    }

    public synchronized void process(Process process) {
        write("pid " + Pids.of(process.toHandle()));
    }

    public synchronized void folder(Path folder) {
        write("folder " + folder.toAbsolutePath());
    }

    private void write(String line) {
        try {
            Files.writeString(journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the lab's journal " + journal + " cannot be written", e);
        }
    }

    /** Removes everything that stands in the journal, the last first, and then the journal. Can be called twice. */
    @Override
    public synchronized void close() {
        if (clean) {
            return;
        }
        clean = true;
        if (!Files.exists(journal)) {
            // Swept by another run, which took this one for dead.
            return;
        }
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(journal));
            Collections.reverse(lines);
            stopProcesses(lines);
            for (String line : lines) {
                remove(line);
            }
            Files.deleteIfExists(journal);
        } catch (IOException e) {
            throw new UncheckedIOException("the lab's journal " + journal + " cannot be read", e);
        }
    }

    /** Leaves everything as it is: from now on somebody else looks after it. */
    public synchronized void forget() {
        clean = true;
        try {
            Files.deleteIfExists(journal);
        } catch (IOException e) {
            throw new UncheckedIOException("the lab's journal " + journal + " cannot be deleted", e);
        }
    }

    /** All get the signal before the first is waited for: HQ's services take a second or two each. */
    private static void stopProcesses(List<String> lines) {
        List<ProcessHandle> running = lines.stream()
                .filter(line -> line.startsWith("pid "))
                .map(line -> Pids.find(line.substring(4)))
                .flatMap(Optional::stream)
                .toList();
        running.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + GRACE.toNanos();
        for (ProcessHandle process : running) {
            Pids.awaitEnd(process, (int) Math.max(0, (deadline - System.nanoTime()) / 1_000_000_000L));
        }
    }

    private static void remove(String line) throws IOException {
        int space = line.indexOf(' ');
        String name = line.substring(space + 1);
        switch (line.substring(0, space)) {
            case "netns" -> {
                // What still runs in it, a DHCP client's daemon for example, belongs to the run.
                for (String pid :
                        Shell.attempt("ip", "netns", "pids", name).output().split("\\s+")) {
                    if (pid.matches("[0-9]+")) {
                        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
                    }
                }
                Shell.attempt("ip", "netns", "delete", name);
            }
            case "link" -> Shell.attempt("ip", "link", "delete", name);
            case "folder" -> deleteFolder(Path.of(name));
            default -> {}
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** When a run began, for its id. */
    public static String newRunId(Instant now) {
        return String.format(
                "%04x", (now.toEpochMilli() ^ ProcessHandle.current().pid() * 7919) & 0xffff);
    }
}
