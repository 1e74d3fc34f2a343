package org.pxemesh.packageservice.build;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pxemesh.content.FilePaths;
import org.pxemesh.packageservice.ImportConfig;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Links;
import org.pxemesh.packageservice.source.PackageSource;
import org.pxemesh.packageservice.source.Tree;

/** Puts a source's files where they can be looked at: unpacks it once, within its bounds, unless it lies open already. */
final class Reader implements PackageSource.Visitor {

    /** Boot files hardly shrink; what grows more than this is made to fill disks. */
    private static final long MAX_RATIO = 200;

    private static final long RATIO_COUNTS_FROM = 64L << 20;

    private final PackageSource source;
    private final Path scratch;
    private final ImportConfig limits;
    private final Progress.Listener listener;
    private final Map<String, Tree.OnDisk> files = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private long bytes;

    private Reader(PackageSource source, Path scratch, ImportConfig limits, Progress.Listener listener) {
        this.source = source;
        this.scratch = scratch;
        this.limits = limits;
        this.listener = listener;
    }

    /**
     * All names of the source, links resolved, with what stands behind them.
     *
     * @param scratch a directory of this build; what is unpacked into it stays until the package is built
     */
    static Tree read(PackageSource source, Path scratch, ImportConfig limits, Progress.Listener listener)
            throws IOException, ImportException {
        var open = source.inPlace();
        if (open.isPresent()) {
            return open.get();
        }
        Reader reader = new Reader(source, scratch, limits, listener);
        try {
            source.visit(reader);
        } catch (TooMuch e) {
            throw new ImportException(e.reason);
        }
        return new Tree(source.describe(), Links.resolve(reader.files, reader.links, limits.maxFiles()));
    }

    @Override
    public void file(String path, InputStream content) throws IOException, ImportException {
        var problem = FilePaths.problem(path);
        if (problem.isPresent()) {
            throw new ImportException("a file's path " + problem.get());
        }
        requireNew(path);
        if (files.size() == limits.maxFiles()) {
            throw new ImportException(
                    source.describe() + " has more than pxemesh.import.max-files=" + limits.maxFiles() + " files");
        }
        Path file = scratch.resolve("source-" + files.size());
        long size = Files.copy(new Counted(content, path), file);
        files.put(path, new Tree.OnDisk(file, size));
        report();
    }

    @Override
    public void link(String path, String target) throws ImportException {
        requireNew(path);
        links.put(path, target);
    }

    private void requireNew(String path) throws ImportException {
        if (files.containsKey(path) || links.containsKey(path)) {
            throw new ImportException(source.describe() + " has \"" + path + "\" twice");
        }
    }

    private void report() {
        listener.progressed(
                new Progress(Stage.READING, files.size(), source.expectedFiles(), bytes, source.expectedBytes()));
    }

    private void count(long read, String path) throws IOException {
        bytes += read;
        if (bytes > limits.maxBytes()) {
            throw new TooMuch(source.describe() + " has more than pxemesh.import.max-bytes=" + limits.maxBytes()
                    + " bytes (reached in " + path + ")");
        }
        if (bytes > RATIO_COUNTS_FROM && bytes / MAX_RATIO > source.sourceBytes()) {
            throw new TooMuch(source.describe() + " unpacks to more than " + MAX_RATIO + " times its size (reached in "
                    + path + "): it looks made to fill the disk");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("package-service was stopped");
        }
    }

    /** A bound that was passed in the middle of a read. */
    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;

        final String reason;

        TooMuch(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private final class Counted extends FilterInputStream {
        private final String path;

        Counted(InputStream in, String path) {
            super(in);
            this.path = path;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1, path);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count(Math.max(read, 0), path);
            report();
            return read;
        }

        /** The source closes what it opened. */
        @Override
        public void close() {}
    }
}
