package org.pxemesh.packageservice.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** A tar archive, plain or gzipped. */
final class TarSource implements PackageSource {

    /**
     * Headers of one entry, long names and extended attributes included; a hostile one claims gigabytes of them, and the
     * library takes ten times as much memory for what there is.
     */
    private static final long MAX_HEADER_BYTES = 64 * 1024;

    private final Path file;
    private final boolean gzipped;
    private final int maxFiles;

    TarSource(Path file, boolean gzipped, int maxFiles) {
        this.file = file;
        this.gzipped = gzipped;
        this.maxFiles = maxFiles;
    }

    @Override
    public void visit(Visitor visitor) throws IOException, ImportException {
        try (InputStream raw = ArchiveSource.buffered(file);
                Metered metered = new Metered(gzipped ? new GZIPInputStream(raw, 1 << 16) : raw);
                TarArchiveInputStream tar = new TarArchiveInputStream(metered, "UTF-8")) {
            int entries = 0;
            for (TarArchiveEntry entry = next(tar, metered); entry != null; entry = next(tar, metered)) {
                if (++entries > 2 * maxFiles) {
                    throw new ImportException("the archive has more entries than pxemesh.import.max-files=" + maxFiles
                            + " files can need");
                }
                visit(entry, tar, visitor);
            }
        } catch (ZipException e) {
            throw new ImportException("the archive is damaged: " + e.getMessage());
        } catch (TooLargeHeader e) {
            throw new ImportException(
                    "the archive has an entry whose header is larger than " + MAX_HEADER_BYTES + " bytes");
        }
    }

    private static void visit(TarArchiveEntry entry, TarArchiveInputStream tar, Visitor visitor)
            throws IOException, ImportException {
        String path = ArchiveNames.relative(entry.getName());
        if (entry.isDirectory()) {
            return;
        }
        if (entry.isSymbolicLink()) {
            visitor.link(path, ArchiveNames.targetOf(path, entry.getLinkName()));
        } else if (entry.isLink()) {
            visitor.link(path, ArchiveNames.relative(entry.getLinkName()));
        } else if (isPlain(entry) && tar.canReadEntryData(entry)) {
            visitor.file(path, tar);
        } else {
            throw new ImportException(
                    path + " is a device, pipe or sparse file in the archive; only files, folders and links are taken");
        }
    }

    /** Not {@code entry.isFile()}: that also holds for devices. */
    private static boolean isPlain(TarArchiveEntry entry) {
        byte type = entry.getLinkFlag();
        return (type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM || type == TarConstants.LF_CONTIG)
                && !entry.isSparse();
    }

    /** The entry's own bytes are all read by now, so that whatever this reads is headers. */
    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, Metered metered)
            throws IOException, ImportException {
        if (tar.getCurrentEntry() != null) {
            tar.transferTo(OutputStream.nullOutputStream());
        }
        metered.left = MAX_HEADER_BYTES;
        try {
            return tar.getNextEntry();
        } catch (IllegalArgumentException e) {
            throw new ImportException("the archive is damaged: " + e.getMessage());
        } finally {
            metered.left = Long.MAX_VALUE;
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
        return "uploaded tar archive";
    }

    private static final class TooLargeHeader extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Stops a read of headers that goes on and on. */
    private static final class Metered extends FilterInputStream {
        long left = Long.MAX_VALUE;

        Metered(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            count(1);
            return super.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count(Math.max(read, 0));
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(bytes);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws IOException {
            if (left != Long.MAX_VALUE) {
                left -= bytes;
                if (left < 0) {
                    throw new TooLargeHeader();
                }
            }
        }
    }
}
