package org.pxemesh.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pxemesh.packageservice.recognition.EfiProgram;
import org.pxemesh.packageservice.revocation.Revocations;
import org.pxemesh.packageservice.secret.ImageSecrets;
import org.pxemesh.packageservice.source.ArchiveSource;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.IsoListing;
import org.pxemesh.packageservice.source.Links;
import org.pxemesh.packageservice.source.PackageSource;
import org.pxemesh.packageservice.tool.Tool;
import org.pxemesh.packageservice.wim.WimFile;
import org.pxemesh.packageservice.wim.WimHeader;

/** What an administrator imports: archives, images, answer files. Programs that unpack are not there. */
final class Imports {

    /**
     * Beyond that, an archive of some hundred octets unpacks to a thousand times as many: what counts is how many files it may
     * have, and how long their headers may be.
     */
    static final long ARCHIVE_BYTES = 64 << 20;

    private static final int ARCHIVE_FILES = 20;
    private static final int MAX_FILES = 1000;
    private static final int ISO_SYSTEM_AREA = 16 * 2048;
    private static final long MAX_UNPACKED = 1 << 20;
    private static final Tool ABSENT =
            new Tool("a tool", "none", Optional.of(Path.of("/nowhere/tool")), List.of(), "", Map.of());
    private static final List<String> ANSWER_FILES =
            List.of("unattend.xml", "bootstrap.ini", "variables.dat", "customsettings.ini");

    private static final Revocations.Check REVOKED = checkOfOne();

    private Imports() {}

    /** A tar, zip or gzip as it is; what begins with an empty octet stands where an ISO image has its descriptors. */
    static Object archive(byte[] bytes) {
        byte[] file = bytes;
        if (bytes.length > 0 && bytes[0] == 0) {
            file = new byte[ISO_SYSTEM_AREA + bytes.length - 1];
            System.arraycopy(bytes, 1, file, ISO_SYSTEM_AREA, bytes.length - 1);
        }
        return ImportedFile.with(file, path -> {
            PackageSource source = ArchiveSource.open(path, "upload.bin", ARCHIVE_FILES, ABSENT);
            Unpacked unpacked = new Unpacked();
            try {
                source.visit(unpacked);
            } catch (IOException damaged) {
                // As the build does, which tells it in these words.
                return "could not be read to its end: " + damaged.getMessage();
            }
            return Links.resolve(unpacked.sizes, unpacked.links, ARCHIVE_FILES);
        });
    }

    private static final class Unpacked implements PackageSource.Visitor {
        final Map<String, Long> sizes = new TreeMap<>();
        final Map<String, String> links = new TreeMap<>();
        private long bytes;

        @Override
        public void file(String path, InputStream content) throws IOException {
            byte[] buffer = new byte[8192];
            long size = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                bytes += read;
                if (bytes > MAX_UNPACKED) {
                    throw new IOException("too much");
                }
            }
            sizes.put(path, size);
        }

        @Override
        public void link(String path, String target) {
            links.put(path, target);
        }
    }

    /** How 7-Zip lists an image. */
    static Object isoListing(byte[] bytes) {
        try {
            return IsoListing.read(new ByteArrayInputStream(bytes), MAX_FILES);
        } catch (ImportException refused) {
            return "refused: " + refused.getMessage();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be read", e);
        }
    }

    /** A line for a file, or for a link and what it leads to behind a {@code >}. */
    static Object links(byte[] bytes) {
        Map<String, Integer> files = new TreeMap<>();
        Map<String, String> links = new TreeMap<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            int arrow = line.indexOf('>');
            if (arrow < 0) {
                files.put(line, files.size());
            } else {
                links.put(line.substring(0, arrow), line.substring(arrow + 1));
            }
        }
        links.keySet().removeAll(files.keySet());
        try {
            return Links.resolve(files, links, MAX_FILES);
        } catch (ImportException refused) {
            return "refused: " + refused.getMessage();
        }
    }

    /** The first octet says which of the answer files it is. */
    static Object secrets(byte[] bytes) {
        if (bytes.length == 0) {
            return "nothing";
        }
        String name = ANSWER_FILES.get((bytes[0] & 0xff) % ANSWER_FILES.size());
        byte[] text = java.util.Arrays.copyOfRange(bytes, 1, bytes.length);
        try {
            return new ArrayList<>(ImageSecrets.find("boot.wim", List.of("/windows/" + name), (path, most) -> text));
        } catch (IOException | ImportException e) {
            throw new IllegalStateException("one file was refused", e);
        }
    }

    static Object wim(byte[] bytes) {
        return ImportedFile.with(bytes, file -> {
            WimHeader header = WimHeader.read(file, "boot.wim");
            String said = "images=" + header.images() + " boot=" + header.bootImage() + " xml=" + header.xml().length
                    + " lzms=" + header.lzms();
            return header.lzms()
                    ? said
                    : said + " " + WimFile.open(ABSENT, file, "boot.wim").image();
        });
    }

    static Object efiProgram(byte[] bytes) {
        return ImportedFile.with(bytes, path -> {
            Optional<EfiProgram> program = EfiProgram.read(path);
            return program + ", " + REVOKED.why(path).orElse("not revoked");
        });
    }

    static Object revocationList(byte[] bytes) {
        return ImportedFile.with(
                bytes,
                path -> new Revocations(List.of(path)).now().isEmpty() ? "nothing is revoked" : "something is revoked");
    }

    /** One digest, so that programs are looked at as if it could be theirs. */
    private static Revocations.Check checkOfOne() {
        try {
            Path list = ImportedFile.make(".revoked");
            Files.writeString(list, "0".repeat(64));
            return new Revocations(List.of(list)).now();
        } catch (IOException | ImportException e) {
            throw new IllegalStateException("a list of one digest can be written and read", e);
        }
    }
}
