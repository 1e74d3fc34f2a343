package org.pxemesh.packageservice.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** A zip archive, read by its directory, since only that says which entries are links. */
final class ZipSource implements PackageSource {

    private static final int MAX_TARGET = 4096;

    private final Path file;

    ZipSource(Path file) {
        this.file = file;
    }

    @Override
    public void visit(Visitor visitor) throws IOException, ImportException {
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            for (ZipArchiveEntry entry : entries) {
                visit(zip, entry, visitor);
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new ImportException("the archive is damaged: " + e.getMessage());
        }
    }

    private static void visit(ZipFile zip, ZipArchiveEntry entry, Visitor visitor) throws IOException, ImportException {
        String path = ArchiveNames.relative(entry.getName());
        if (entry.isDirectory()) {
            return;
        }
        if (!zip.canReadEntryData(entry)) {
            throw new ImportException(path + " is encrypted or packed in a way that is not known here");
        }
        try (InputStream bytes = zip.getInputStream(entry)) {
            if (entry.isUnixSymlink()) {
                byte[] target = bytes.readNBytes(MAX_TARGET + 1);
                if (target.length > MAX_TARGET) {
                    throw new ImportException(path + " is a link with a target of more than " + MAX_TARGET + " bytes");
                }
                visitor.link(path, ArchiveNames.targetOf(path, new String(target, StandardCharsets.UTF_8)));
            } else {
                visitor.file(path, bytes);
            }
        }
    }

    @Override
    public long sourceBytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public String describe() {
        return "uploaded zip archive";
    }
}
