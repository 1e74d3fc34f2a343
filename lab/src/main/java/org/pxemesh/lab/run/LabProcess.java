package org.pxemesh.lab.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pxemesh.lab.LabException;

/** A long-running process of the lab, with a log file of its own and an entry in the run's traces. */
public final class LabProcess {
    private final String name;
    private final Process process;
    private final Path log;

    private LabProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a command; its output goes to {@code NAME.log} in the folder.
     *
     * @param environment added to the lab's own
     */
    public static LabProcess start(
            String name, List<String> command, Map<String, String> environment, Path folder, Traces traces) {
        Path log = folder.resolve(name + ".log");
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            traces.process(process);
            return new LabProcess(name, process, log);
        } catch (IOException e) {
            throw new LabException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL: what a power cut does to it. */
    public void kill() {
        process.destroyForcibly();
        Pids.awaitEnd(process.toHandle(), 5);
    }

    /** SIGTERM, and SIGKILL when it does not end in 8 s. */
    public void stop() {
        process.destroy();
        Pids.awaitEnd(process.toHandle(), 8);
    }

    /** Waits for a text in its log; fails at once, with the log's end, when the process ends before. */
    public void awaitLog(String text, Duration atMost) {
        Until.isTrue(name + " to print '" + text + "'", atMost, () -> {
            if (logText().contains(text)) {
                return true;
            }
            requireAlive();
            return false;
        });
    }

    /** Fails with the end of its log when it no longer runs. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new LabException(
                    name + " ended with " + process.exitValue() + "; the end of " + log + ":\n" + tail());
        }
    }

    public String logText() {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new LabException("the log " + log + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String tail() {
        List<String> lines = logText().lines().toList();
        return lines.stream().skip(Math.max(0, lines.size() - 15)).collect(Collectors.joining("\n"));
    }
}
