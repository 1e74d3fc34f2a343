package org.pxemesh.packageservice.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.pxemesh.packageservice.tool.Tool;

/** One file, uploaded or on HQ's machine; what it is, is told by its bytes, never by its name. */
public final class ArchiveSource {

    private static final int TAR_MAGIC_AT = 257;

    private ArchiveSource() {}

    /**
     * Opens a tar, tar.gz, zip or ISO as a tree, and anything else as one file.
     *
     * @param file stays where it is until the build has ended
     * @param name under which the package knows it if it is no archive
     * @throws ImportException if it is an archive that is not taken
     */
    public static PackageSource open(Path file, String name, int maxFiles, Tool sevenZip)
            throws IOException, ImportException {
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
        Optional<String> iso = IsoSource.type(file);
        if (iso.isPresent()) {
            return new IsoSource(file, iso.get(), maxFiles, sevenZip);
        }
        String other = looksLike(head);
        if (!other.isEmpty()) {
            throw new ImportException(name + " is " + other
                    + "; tar, tar.gz, zip and ISO archives are taken, boot images" + " (WIM) and boot programs");
        }
        boolean image = startsWith(head, 0, 'M', 'S', 'W', 'I', 'M', 0);
        return new FileSource(file, image && !name.toLowerCase(Locale.ROOT).endsWith(".wim") ? name + ".wim" : name);
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
        if (startsWith(head, 0, 'M', 'S', 'C', 'F') || startsWith(head, 0, 0xd0, 0xcf, 0x11, 0xe0)) {
            return "a cabinet or installer (CAB, MSI): install the kit on a Windows machine and import its folder";
        }
        if (startsWith(head, 0, '7', 'z', 0xbc, 0xaf) || startsWith(head, 0, 'R', 'a', 'r', '!')) {
            return "packed by 7-Zip or RAR: unpack it first";
        }
        return "";
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
