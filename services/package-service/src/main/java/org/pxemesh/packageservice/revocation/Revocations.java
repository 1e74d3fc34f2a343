package org.pxemesh.packageservice.revocation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.pxemesh.content.Sha256;
import org.pxemesh.packageservice.ImportConfig;
import org.pxemesh.packageservice.source.ImportException;

/** The administrator's revocation lists, read again for each package, so that a new list needs no restart. */
@ApplicationScoped
public class Revocations {

    /** The largest dbx of 2026 has 24 KiB. */
    private static final int MAX_LIST = 4 << 20;

    private final List<Path> files;

    @Inject
    public Revocations(ImportConfig config) {
        this(config.revoked().orElse(List.of()));
    }

    /** By lists that are not of the settings. */
    public Revocations(List<Path> lists) {
        files = List.copyOf(lists);
    }

    /**
     * The lists as they are now.
     *
     * @throws ImportException if one cannot be read: nothing is believed then
     */
    public Check now() throws ImportException {
        RevocationList all = RevocationList.EMPTY;
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MAX_LIST + 1);
                if (bytes.length > MAX_LIST) {
                    throw new IllegalArgumentException("it has more than " + MAX_LIST + " bytes");
                }
                all = all.and(RevocationList.parse(bytes));
            } catch (IOException | IllegalArgumentException e) {
                throw new ImportException("the revocation list " + file + " (pxemesh.import.revoked) cannot be used: "
                        + (e instanceof IOException ? e.toString() : e.getMessage())
                        + ". Name a dbx update of UEFI, or a file with a SHA-256 digest in each line");
            }
        }
        return new Check(all);
    }

    /** Looks at files by the lists of one moment. */
    public static final class Check {
        private final RevocationList list;

        Check(RevocationList list) {
            this.list = list;
        }

        /** Nothing is revoked: no list was named, or all of them are empty. */
        public boolean isEmpty() {
            return list.isEmpty();
        }

        /** Why nobody shall be given a file, in words that follow its name; empty when it may be given. */
        public Optional<String> why(Path file) throws IOException {
            if (list.isEmpty()) {
                return Optional.empty();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return list.why(digest(channel), SignedImage.read(channel));
            }
        }

        /** The same for a file whose digest is known. */
        public Optional<String> why(Sha256 digest, Path file) throws IOException {
            if (list.isEmpty()) {
                return Optional.empty();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return list.why(digest, SignedImage.read(channel));
            }
        }

        private static Sha256 digest(FileChannel channel) throws IOException {
            MessageDigest digest = Sha256.newDigest();
            ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
            while (channel.read(buffer.clear()) > 0) {
                digest.update(buffer.flip());
            }
            return Sha256.finish(digest);
        }
    }
}
