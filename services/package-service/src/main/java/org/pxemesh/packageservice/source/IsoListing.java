package org.pxemesh.packageservice.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What 7-Zip prints of an image's files: the program is ours, the names and sizes are the image's. */
public final class IsoListing {

    private final int maxFiles;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String path;
    private String size = "";
    private String link = "";
    private boolean folder;

    /**
     * A file or a link.
     *
     * @param path in the image
     * @param size bytes, as the image says
     * @param link where it leads; empty for a file
     */
    public record Entry(String path, long size, String link) {}

    private IsoListing(int maxFiles) {
        this.maxFiles = maxFiles;
    }

    /**
     * Reads blocks of "Name = value" lines, one block an entry, an empty line behind each.
     *
     * @throws ImportException if it has too many files, or one that must not become part of a package
     */
    public static List<Entry> read(InputStream printed, int maxFiles) throws IOException, ImportException {
        IsoListing listing = new IsoListing(maxFiles);
        BufferedReader lines = new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8), 1 << 16);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            listing.take(line);
        }
        listing.end();
        return listing.entries;
    }

    private void take(String line) throws ImportException {
        if (line.isEmpty()) {
            end();
        } else if (line.startsWith("Path = ") && path == null) {
            path = line.substring(7);
        } else if (line.startsWith("Size = ")) {
            size = line.substring(7);
        } else if (line.startsWith("Symbolic Link = ")) {
            link = line.substring(16);
        } else if (line.equals("Folder = +")) {
            folder = true;
        }
    }

    private void end() throws ImportException {
        if (path != null && !folder) {
            add(path);
        }
        path = null;
        size = "";
        link = "";
        folder = false;
    }

    private void add(String name) throws ImportException {
        if (entries.size() == 2 * maxFiles) {
            throw new ImportException(
                    "the ISO image has more files than pxemesh.import.max-files=" + maxFiles + " allows");
        }
        if (!size.matches("\\d{1,15}")) {
            throw new ImportException("the ISO image has a file without a size: it is damaged");
        }
        String relative = ArchiveNames.relative(name);
        if (!relative.isEmpty()) {
            entries.add(new Entry(relative, Long.parseLong(size), link));
        }
    }
}
