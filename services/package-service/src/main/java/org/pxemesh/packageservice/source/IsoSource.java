package org.pxemesh.packageservice.source;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pxemesh.packageservice.tool.Tool;

/**
 * An ISO image, read by 7-Zip: Windows' media are UDF, which neither xorriso nor libarchive reads. All files come in one
 * stream and are told apart by their listed sizes, so that no name of the image's becomes a path of this machine.
 */
final class IsoSource implements PackageSource {

    private static final int SECTOR = 2048;
    private static final int FIRST_DESCRIPTOR = 16;
    private static final int DESCRIPTORS = 48;

    private static final Duration LISTING = Duration.ofMinutes(2);
    private static final Duration READING = Duration.ofMinutes(60);
    private static final long MAX_LISTING = 64L << 20;

    private final Path file;
    private final String type;
    private final int maxFiles;
    private final Tool sevenZip;

    /**
     * @param type as {@link #type} told it
     */
    IsoSource(Path file, String type, int maxFiles, Tool sevenZip) {
        this.file = file;
        this.type = type;
        this.maxFiles = maxFiles;
        this.sevenZip = sevenZip;
    }

    /** {@code udf} or {@code iso} by the volume recognition sequence (ECMA-167 2/8, ECMA-119 8); empty if it is neither. */
    static Optional<String> type(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes((long) FIRST_DESCRIPTOR * SECTOR);
            String found = null;
            for (int i = 0; i < DESCRIPTORS; i++) {
                byte[] head = in.readNBytes(SECTOR);
                String id = head.length < 6 ? "" : new String(head, 1, 5, StandardCharsets.ISO_8859_1);
                switch (id) {
                    case "NSR02", "NSR03" -> {
                        return Optional.of("udf");
                    }
                    case "CD001" -> found = "iso";
                    case "BEA01", "TEA01", "BOOT2" -> {}
                    default -> {
                        return Optional.ofNullable(found);
                    }
                }
            }
            return Optional.ofNullable(found);
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    @Override
    public void visit(Visitor visitor) throws IOException, ImportException {
        List<IsoListing.Entry> entries = new ArrayList<>();
        for (IsoListing.Entry entry : list()) {
            if (!entry.link().isEmpty()) {
                visitor.link(entry.path(), ArchiveNames.targetOf(entry.path(), entry.link()));
            } else if (!isInstallImage(entry.path())) {
                entries.add(entry);
            }
        }
        Path names = Files.createTempFile("pxemesh-iso-", ".names");
        try {
            Files.writeString(
                    names, entries.stream().map(IsoListing.Entry::path).collect(Collectors.joining("\n", "", "\n")));
            long bytes = entries.stream().mapToLong(IsoListing.Entry::size).sum();
            Tool.Ended ended = sevenZip.run(
                    "ISO images are read by",
                    List.of(
                            "x",
                            "-so",
                            "-spd",
                            "-scsUTF-8",
                            "-sccUTF-8",
                            "-t" + type,
                            "-i@" + names,
                            "--",
                            file.toString()),
                    READING,
                    bytes,
                    printed -> {
                        for (IsoListing.Entry entry : entries) {
                            Part part = new Part(printed, entry.size());
                            visitor.file(entry.path(), part);
                            part.requireRead(entry.path());
                        }
                    });
            require(ended);
        } finally {
            Files.delete(names);
        }
    }

    /** Gigabytes of Windows itself, which no boot client asks for. */
    private static boolean isInstallImage(String path) {
        return path.toLowerCase(Locale.ROOT).matches("(.*/)?install\\d*\\.(wim|esd|swm)");
    }

    private List<IsoListing.Entry> list() throws IOException, ImportException {
        List<IsoListing.Entry> entries = new ArrayList<>();
        Tool.Ended ended = sevenZip.run(
                "ISO images are read by",
                List.of("l", "-slt", "-ba", "-sccUTF-8", "-t" + type, "--", file.toString()),
                LISTING,
                MAX_LISTING,
                printed -> entries.addAll(IsoListing.read(printed, maxFiles)));
        require(ended);
        if (entries.isEmpty()) {
            throw new ImportException("the ISO image has no files");
        }
        return entries;
    }

    private void require(Tool.Ended ended) throws ImportException {
        if (!ended.well()) {
            throw new ImportException("the ISO image is damaged or cut off: " + sevenZip.name() + " says "
                    + ended.complaint() + " (exit " + ended.exit() + ")");
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
        return "ISO image";
    }

    /** As much of a stream as one file takes. */
    private static final class Part extends FilterInputStream {
        private long left;

        Part(InputStream in, long size) {
            super(in);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            left--;
            return super.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int read = super.read(into, from, (int) Math.min(left, length));
            left -= Math.max(read, 0);
            return read;
        }

        void requireRead(String path) throws ImportException {
            if (left > 0) {
                throw new ImportException("the ISO image is damaged or cut off: " + path + " ends " + left
                        + " bytes before its listed size");
            }
        }

        /** The stream goes on behind it. */
        @Override
        public void close() {}
    }
}
