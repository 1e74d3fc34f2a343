package org.pxemesh.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link KafkaMain} in a JVM of its own. */
record BrokerProcess(Process process, String ready) implements AutoCloseable {

    static BrokerProcess start(Path dataDir, int port) throws IOException {
        Process process = command(dataDir, port)
                .redirectError(dataDir.resolveSibling("broker.err").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the broker ended before it was ready; see broker.err");
        }
        return new BrokerProcess(process, line);
    }

    static ProcessBuilder command(Path dataDir, int port) {
        return new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaMain.class.getName(),
                "--data",
                dataDir.toString(),
                "--listen",
                "127.0.0.1:" + port));
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. Returns the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the broker did not end within 20 s of SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
