package org.pxemesh.bench.wan;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Traces;

/** The real package-service, in HQ's namespace, with one file of random bytes in its store. */
final class PackageService {
    static final int SIZE = 64 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 42;

    private final String digest;

    private PackageService(String digest) {
        this.digest = digest;
    }

    static PackageService start(Link link, Path folder, Traces traces) {
        Path data = folder.resolve("hq");
        traces.folder(data);
        link.startHq(
                        "kafka",
                        "services/embedded-kafka/target/pxemesh-embedded-kafka-0.1.0-SNAPSHOT.jar",
                        List.of("-Xmx256m"),
                        List.of("--data", data.resolve("kafka").toString(), "--listen", "127.0.0.1:9092"))
                .awaitLog("ready", PATIENCE);
        LabProcess service = link.startHq(
                "package-service",
                "services/package-service/target/quarkus-app/quarkus-run.jar",
                List.of(
                        "-Xmx256m",
                        "-Dquarkus.http.host=0.0.0.0",
                        "-Dquarkus.http.port=" + Link.CONTENT_PORT,
                        "-Dpxemesh.content.dir=" + data.resolve("content"),
                        "-Dpxemesh.signing.key-file=" + data.resolve("key.pem")),
                List.of());
        service.awaitLog("Listening on", PATIENCE);
        return new PackageService(store(data.resolve("content/files")));
    }

    URI file() {
        return URI.create("http://" + Link.HQ + ":" + Link.CONTENT_PORT + "/content/files/" + digest);
    }

    private static String store(Path files) {
        byte[] bytes = new byte[SIZE];
        new Random(SEED).nextBytes(bytes);
        try {
            String hex = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            Path folder = Files.createDirectories(files.resolve(hex.substring(0, 2)));
            Files.write(folder.resolve(hex), bytes);
            return hex;
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new LabException("content cannot be put under " + files + ": " + e.getMessage(), e);
        }
    }
}
