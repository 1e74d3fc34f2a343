package org.pxemesh.statusservice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL of the machine's own package, in a directory of its own. */
final class Postgres implements AutoCloseable {

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final Path data;
    private final Path programs;
    private final int port;

    private Postgres(Path data, Path programs, int port) {
        this.data = data;
        this.programs = programs;
        this.port = port;
    }

    /** Why there can be no PostgreSQL here; empty when there can. */
    static Optional<String> missing() {
        return programs().isPresent()
                ? Optional.empty()
                : Optional.of("no " + INSTALLED + "/*/bin/initdb: apt-get install postgresql");
    }

    static Postgres start() throws IOException, InterruptedException {
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        // Not below JUnit's directory, which PostgreSQL's user may not enter.
        Path data = Files.createTempDirectory("pxemesh-postgres-");
        Postgres postgres = new Postgres(data, programs().orElseThrow(), port);
        postgres.giveAway();
        postgres.run("initdb", "-D", data.toString(), "-A", "trust", "-U", "pxemesh", "-E", "UTF8");
        postgres.run(
                "pg_ctl",
                "-D",
                data.toString(),
                "-l",
                data.resolve("log").toString(),
                "-w",
                "-o",
                "-p " + port + " -h 127.0.0.1 -k " + data + " -F",
                "start");
        return postgres;
    }

    /** What makes the service use it. */
    Map<String, String> settings() {
        return Map.of(
                "quarkus.profile",
                "prod,postgresql",
                "quarkus.datasource.postgresql.jdbc.url",
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "quarkus.datasource.postgresql.username",
                "pxemesh");
    }

    @Override
    public void close() {
        try {
            run("pg_ctl", "-D", data.toString(), "-m", "immediate", "stop");
            try (Stream<Path> paths = Files.walk(data)) {
                for (Path path :
                        paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveAway() throws IOException, InterruptedException {
        if (root()) {
            execute(List.of("chown", "postgres", data.toString()));
        }
    }

    /** It refuses to run as root. */
    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(root() ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        execute(command);
    }

    private static void execute(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("pxemesh-postgres-", ".out");
        int code = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        String said = Files.readString(output);
        Files.delete(output);
        if (code != 0) {
            throw new IOException(command + " ended with " + code + ": " + said);
        }
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(java.util.Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
