package org.pxemesh.content.keep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.swarm.Holdings;

/**
 * Finds where chunks that a peer wants stand on its own disk already: a new version of a boot image has most of its
 * chunks in common with the old one. A find is a hint; the bytes count only when they were read and verified.
 */
public final class LocalChunks {

    /** More places than this are not remembered for one chunk: a run of zeros stands everywhere. */
    static final int PLACES = 4;

    /**
     * Where the bytes of a chunk may be.
     *
     * @param file digest of the whole file, its name in the store
     * @param offset of the first byte
     */
    public record Place(Sha256 file, long offset) {}

    /**
     * A chunk that need not be fetched.
     *
     * @param chunk its number in the wanted package
     * @param ref its file and range there
     * @param places at least one, to be tried in order
     */
    public record Find(int chunk, ChunkIndex.Ref ref, List<Place> places) {

        public Find {
            places = List.copyOf(places);
        }
    }

    private LocalChunks() {}

    /**
     * Looks for what is missing.
     *
     * @param index of the package that is wanted
     * @param held its chunks that are here already
     * @param kept manifests whose files are here, as a whole or in part; the wanted one may be among them; each is asked for once, so that they need not all be in memory
     * @return in the order of the chunks
     */
    public static List<Find> find(ChunkIndex index, Holdings held, Iterable<Manifest> kept) {
        Map<Sha256, List<Place>> missing = new HashMap<>();
        held.missing().forEach(chunk -> missing.put(index.ref(chunk).chunk().sha256(), new ArrayList<>()));
        if (missing.isEmpty()) {
            return List.of();
        }
        Set<Sha256> seen = new HashSet<>();
        for (Manifest manifest : kept) {
            for (ManifestFile file : manifest.files()) {
                if (seen.add(file.sha256())) {
                    note(file, missing);
                }
            }
        }
        List<Find> finds = new ArrayList<>();
        held.missing().forEach(chunk -> {
            ChunkIndex.Ref ref = index.ref(chunk);
            Place own = new Place(ref.file(), ref.chunk().offset());
            List<Place> places = missing.getOrDefault(ref.chunk().sha256(), List.of()).stream()
                    .filter(place -> !place.equals(own))
                    .toList();
            if (!places.isEmpty()) {
                finds.add(new Find(chunk, ref, places));
            }
        });
        return List.copyOf(finds);
    }

    private static void note(ManifestFile file, Map<Sha256, List<Place>> missing) {
        for (Chunk chunk : file.chunks()) {
            List<Place> places = missing.get(chunk.sha256());
            if (places != null && places.size() < PLACES) {
                places.add(new Place(file.sha256(), chunk.offset()));
            }
        }
    }
}
