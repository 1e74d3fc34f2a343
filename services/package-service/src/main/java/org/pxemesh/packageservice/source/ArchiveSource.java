package org.pxemesh.packageservice.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An uploaded archive; which kind is told by its first bytes, never by a name. */
public final class ArchiveSource {

    private static final int TAR_MAGIC_AT = 257;

    private ArchiveSource() {}

    /**
     * Opens a tar, tar.gz or zip.
     *
     * @param file stays where it is until the build has ended
     * @throws ImportException if it is none of these
     */
    public static PackageSource open(Path file, int maxFiles) throws IOException, ImportException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(512);
        }
        if (startsWith(head, 0, 'P', 'K', 3, 4)) {
            ZipDirectory.requireFewEntries(file, maxFiles);
            return new ZipSource(file);
        }
        if (startsWith(head, 0, 0x1f, 0x8b)) {
            return new TarSource(file, true, maxFiles);
        }
        if (startsWith(head, TAR_MAGIC_AT, 'u', 's', 't', 'a', 'r')) {
            return new TarSource(file, false, maxFiles);
        }
        throw new ImportException("the upload is " + looksLike(head) + "; tar, tar.gz and zip are taken");
    }

    static InputStream buffered(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    private static String looksLike(byte[] head) {
        if (head.length == 0) {
            return "empty";
        }
        if (startsWith(head, 0, 0xfd, '7', 'z', 'X', 'Z')) {
            return "compressed by xz: unpack it with unxz first";
        }
        if (startsWith(head, 0, 0x28, 0xb5, 0x2f, 0xfd)) {
            return "compressed by zstd: unpack it with unzstd first";
        }
        if (startsWith(head, 0, 'B', 'Z', 'h')) {
            return "compressed by bzip2: unpack it with bunzip2 first";
        }
        if (startsWith(head, 0, 'P', 'K', 5, 6)) {
            return "a zip without files";
        }
        return "no archive that is known here";
    }

    private static boolean startsWith(byte[] head, int at, int... magic) {
        if (head.length < at + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[at + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
