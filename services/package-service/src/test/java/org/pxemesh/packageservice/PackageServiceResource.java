package org.pxemesh.packageservice;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.packageservice.store.ContentStore;

/** A content store that a crashed process left behind, an import root and an iPXE, all in a temporary directory. */
public final class PackageServiceResource implements QuarkusTestResourceLifecycleManager {

    /** The build that was cut off. */
    static final UUID INTERRUPTED = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    private @Nullable Path dir;

    @Override
    public Map<String, String> start() {
        try {
            Path made = Files.createTempDirectory("pxemesh-packages-").toRealPath();
            dir = made;
            Path left = Files.createDirectories(made.resolve("content/staging/" + INTERRUPTED));
            Files.writeString(left.resolve("package"), "half@1");
            Files.writeString(left.resolve("file-0"), "the first half");
            Files.createDirectories(made.resolve("root"));
            Files.writeString(made.resolve("snponly.efi"), "iPXE");
            Files.writeString(made.resolve("revoked.txt"), "# nothing yet\n");
            return Map.of(
                    "pxemesh.content.dir", made.resolve("content").toString(),
                    "pxemesh.content.url", "http://hq.example.com:8082/",
                    "pxemesh.import.roots", made.resolve("root").toString(),
                    "pxemesh.import.revoked", made.resolve("revoked.txt").toString(),
                    "pxemesh.import.ipxe", made.resolve("snponly.efi").toString(),
                    "pxemesh.signing.key-file", made.resolve("key.pem").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (dir != null) {
            try {
                ContentStore.deleteTree(dir);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
