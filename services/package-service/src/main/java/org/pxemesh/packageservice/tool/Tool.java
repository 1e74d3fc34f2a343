package org.pxemesh.packageservice.tool;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.pxemesh.packageservice.source.ImportException;

/**
 * One program. Its input is hostile: it gets no shell, no environment of ours beyond {@code PATH}, no terminal, and is
 * killed when it takes too long or says too much.
 *
 * @param name for messages
 * @param setting the key under which an administrator names its file
 * @param configured the file that the setting names
 * @param names under which it is looked for on the {@code PATH}, the best first
 * @param install how to get it
 * @param environment that it needs
 */
public record Tool(
        String name,
        String setting,
        Optional<Path> configured,
        List<String> names,
        String install,
        Map<String, String> environment) {

    private static final int MAX_COMPLAINT = 4096;

    /** Reads what a program prints. */
    public interface Output {
        void read(InputStream printed) throws IOException, ImportException;
    }

    /** How a program ended. */
    public record Ended(int exit, String complaint) {
        public boolean well() {
            return exit == 0;
        }
    }

    /** Where it is; looked for each time, so that installing it later needs no restart. */
    public Optional<Path> find() {
        if (configured.isPresent()) {
            return configured.filter(Files::isExecutable);
        }
        String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        return names.stream()
                .flatMap(file -> Stream.of(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, file)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs it to its end.
     *
     * @param why it is needed, as the beginning of a message: "boot images are read by"
     * @param maxBytes that it may print
     * @throws ImportException if it is not installed, takes longer than {@code patience}, or prints more
     */
    public Ended run(String why, List<String> arguments, Duration patience, long maxBytes, Output output)
            throws IOException, ImportException {
        Path program = find().orElseThrow(() -> new ImportException(why + " " + name + ", which is not on HQ's machine"
                + configured.map(file -> " at " + setting + "=" + file).orElse("") + ": " + install
                + (configured.isPresent() ? "" : ", or set " + setting)));
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(List.of("PATH", "TMPDIR", "SystemRoot", "TEMP"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        Process process = builder.start();
        // Threads of their own: a shared pool may be full of programs that do not end.
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<Void> stopper = CompletableFuture.runAsync(
                () -> {
                    // Before its streams close: whoever reads them asks why.
                    late.set(true);
                    process.destroyForcibly();
                },
                CompletableFuture.delayedExecutor(
                        patience.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread));
        try {
            process.getOutputStream().close();
            CompletableFuture<String> complaint =
                    CompletableFuture.supplyAsync(() -> complaint(process), Thread::startVirtualThread);
            try (InputStream printed = new Bounded(process.getInputStream(), maxBytes, name)) {
                output.read(printed);
                printed.transferTo(OutputStream.nullOutputStream());
            }
            int exit = process.waitFor();
            if (late.get()) {
                throw new ImportException(name + " did not end within " + patience.toSeconds()
                        + " s and was stopped: the file is made to keep it busy, or HQ's machine is overloaded");
            }
            return new Ended(exit, complaint.join());
        } catch (Bounded.TooMuch e) {
            throw new ImportException(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("package-service was stopped", e);
        } catch (IOException e) {
            if (late.get()) {
                throw new ImportException(name + " did not end within " + patience.toSeconds() + " s and was stopped");
            }
            throw e;
        } finally {
            stopper.cancel(false);
            process.destroyForcibly();
        }
    }

    private static String complaint(Process process) {
        try (InputStream errors = process.getErrorStream()) {
            byte[] first = errors.readNBytes(MAX_COMPLAINT);
            errors.transferTo(OutputStream.nullOutputStream());
            return new String(first, StandardCharsets.UTF_8)
                    .replaceAll("[\\p{Cntrl}]+", " ")
                    .strip();
        } catch (IOException e) {
            return "(its complaint could not be read)";
        }
    }
}
