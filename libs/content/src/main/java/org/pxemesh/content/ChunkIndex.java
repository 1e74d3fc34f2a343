package org.pxemesh.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the chunks of a package, the same on every peer that has the same manifest, so that holdings can be told as a
 * bit per chunk. Files with equal content count once.
 */
public final class ChunkIndex {

    /**
     * A chunk with the file that it is fetched from.
     *
     * @param file digest of the whole file, its name on every server
     * @param chunk the range
     */
    public record Ref(Sha256 file, Chunk chunk) {}

    private final List<Ref> refs;
    private final Map<Sha256, Integer> firstOfFile;

    public ChunkIndex(Manifest manifest) {
        List<Ref> all = new ArrayList<>();
        Map<Sha256, Integer> first = new LinkedHashMap<>();
        for (ManifestFile file : manifest.files()) {
            if (first.putIfAbsent(file.sha256(), all.size()) == null) {
                file.chunks().forEach(chunk -> all.add(new Ref(file.sha256(), chunk)));
            }
        }
        refs = List.copyOf(all);
        firstOfFile = Map.copyOf(first);
    }

    /** How many chunks the package has; 0 if all its files are empty. */
    public int size() {
        return refs.size();
    }

    public Ref ref(int chunk) {
        return refs.get(chunk);
    }

    /** Number of the first chunk of a file; its others follow in order. */
    public int firstOf(Sha256 file) {
        Integer first = firstOfFile.get(file);
        if (first == null) {
            throw new IllegalArgumentException("file " + file + " is not in this package");
        }
        return first;
    }

    /** Bytes of all chunks, equal files counted once: what travels and what is stored. */
    public long bytes() {
        return refs.stream().mapToLong(ref -> ref.chunk().length()).sum();
    }
}
