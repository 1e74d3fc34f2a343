package org.pxemesh.packageservice.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pxemesh.content.FilePaths;

/** The files of a source by their paths, on this machine's disk: in place, or unpacked into a build's own directory. */
public final class Tree {

    /** Where a file's bytes are; the name there says nothing. */
    public record OnDisk(Path file, long size) {}

    private final String description;
    private final SortedMap<String, OnDisk> files;
    private final Map<String, String> byFold = new HashMap<>();

    public Tree(String description, Map<String, OnDisk> files) {
        this.description = description;
        this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        this.files.keySet().forEach(path -> byFold.putIfAbsent(FilePaths.fold(path), path));
    }

    /** Where it came from, for messages. */
    public String describe() {
        return description;
    }

    /** In order; {@code /} between names. */
    public Collection<String> paths() {
        return files.keySet();
    }

    /** A path as the tree spells it, asked for in any case. */
    public Optional<String> find(String path) {
        return Optional.ofNullable(byFold.get(FilePaths.fold(path)));
    }

    public long size(String path) {
        return get(path).size();
    }

    /** For programs that read it themselves. */
    public Path file(String path) {
        return get(path).file();
    }

    /** A file's bytes; a link that took its place since the tree was listed is not followed. */
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(file(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** The first bytes of a file. */
    public byte[] head(String path, int length) throws IOException {
        try (InputStream in = open(path)) {
            return in.readNBytes(length);
        }
    }

    private OnDisk get(String path) {
        OnDisk found = files.get(path);
        if (found == null) {
            throw new IllegalArgumentException(path + " is not in " + description);
        }
        return found;
    }
}
