package org.pxemesh.content.stream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.swarm.Holdings;

/**
 * The chunks of some files in the order in which a client will read them.
 *
 * @param chunks numbers in the package's {@link ChunkIndex}, each once
 */
public record Route(List<Integer> chunks) {

    public Route {
        chunks = List.copyOf(chunks);
    }

    /** @param paths in the order of reading; those that the package does not have are left out */
    public static Route of(Manifest manifest, ChunkIndex index, List<String> paths) {
        Set<Integer> seen = new LinkedHashSet<>();
        for (String path : paths) {
            manifest.file(path).ifPresent(file -> {
                int first = index.firstOf(file.sha256());
                for (int chunk = first; chunk < first + file.chunks().size(); chunk++) {
                    seen.add(chunk);
                }
            });
        }
        return new Route(List.copyOf(seen));
    }

    /** The rest of one file, from a place in it. */
    public static Route from(ManifestFile file, ChunkIndex index, long position) {
        List<Integer> chunks = new ArrayList<>();
        int first = index.firstOf(file.sha256());
        for (int at = 0; at < file.chunks().size(); at++) {
            if (file.chunks().get(at).end() > position) {
                chunks.add(first + at);
            }
        }
        return new Route(chunks);
    }

    /** The chunks that are not here, the one that is read first first. */
    public List<Integer> missing(Holdings held) {
        return chunks.stream().filter(chunk -> !held.has(chunk)).toList();
    }

    /** The question whether a client may begin. */
    public StreamQuestion question(ChunkIndex index, Holdings held, long arrival, long reading, long patienceMillis) {
        long bytes = 0;
        long prefix = 0;
        int longest = 0;
        boolean gap = false;
        for (int chunk : chunks) {
            int length = index.ref(chunk).chunk().length();
            bytes += length;
            gap |= !held.has(chunk);
            prefix += gap ? 0 : length;
            longest = held.has(chunk) ? longest : Math.max(longest, length);
        }
        return new StreamQuestion(bytes, prefix, longest, arrival, reading, patienceMillis);
    }
}
