package org.pxemesh.lab.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.hq.Api;

/** Looks at a peer's disk: no agent's word counts. */
final class Contents {
    private Contents() {}

    /**
     * Digests every file of a package again.
     *
     * @param manifest digest of the manifest, from HQ
     * @return bytes that are right, equal files counted once
     */
    static long verify(Path stateDir, String manifest) {
        try {
            Path file = stateDir.resolve("content/manifests/" + manifest);
            if (!digest(file).equals(manifest)) {
                throw new LabException(file + " is not the manifest that HQ signed");
            }
            java.util.Set<String> seen = new java.util.HashSet<>();
            long bytes = 0;
            for (JsonNode listed : Api.json().readTree(Files.readAllBytes(file)).path("files")) {
                String sha256 = listed.path("sha256").asText();
                if (seen.add(sha256)) {
                    Path content = stateDir.resolve("content/files/" + sha256);
                    if (!digest(content).equals(sha256)) {
                        throw new LabException(content + " has other bytes than its name says");
                    }
                    bytes += Files.size(content);
                }
            }
            if (seen.isEmpty()) {
                throw new LabException(file + " lists no files");
            }
            return bytes;
        } catch (IOException e) {
            throw new LabException("content in " + stateDir + " cannot be read: " + e, e);
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            int read;
            while ((read = in.read(buffer)) > 0) {
                sha256.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
