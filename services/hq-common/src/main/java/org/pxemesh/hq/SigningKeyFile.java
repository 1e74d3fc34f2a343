package org.pxemesh.hq;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import org.pxemesh.events.SigningKeys;

/** HQ's key pair on disk. */
public final class SigningKeyFile {
    private SigningKeyFile() {}

    /**
     * The key pair in a file, which is made when it does not exist.
     *
     * @throws IllegalStateException when the file can be neither read nor made; the message says what to do
     */
    public static KeyPair readOrMake(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return SigningKeys.parse(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "pxemesh.signing.key-file=" + file + " cannot be used: " + e + "; name a readable PEM file, or a"
                            + " path in a writable directory to have one made",
                    e);
        }
    }

    /** Several services start at the same time with one file: the hard link lets exactly one of them win. */
    private static void make(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path mine = Files.createTempFile(
                directory,
                "signing-key",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(mine, SigningKeys.format(SigningKeys.generate()));
            Files.createLink(file, mine);
        } catch (FileAlreadyExistsException otherServiceWasFirst) {
            // Theirs is as good as ours, and is read next.
        } finally {
            Files.delete(mine);
        }
    }
}
