package org.pxemesh.content;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts one file into chunks and digests it, as its bytes pass by. The cuts depend on the bytes alone, never on how they
 * were handed over, so that the same file gives the same manifest everywhere. Not thread-safe; one per file.
 */
public final class Chunker {

    private final CutRule.Cutter cutter;
    private final MessageDigest wholeFile = Sha256.newDigest();
    private final MessageDigest currentChunk = Sha256.newDigest();
    private final List<Chunk> chunks = new ArrayList<>();
    private long chunkOffset;
    private int chunkFilled;

    /** Cuts as builders do. */
    public Chunker() {
        this(ContentCut.BUILDERS);
    }

    /** Cuts every {@code chunkLength} bytes. */
    public Chunker(int chunkLength) {
        this(CutRule.fixed(chunkLength));
    }

    public Chunker(CutRule rule) {
        this.cutter = rule.begin();
    }

    /** Takes the next {@code length} bytes of the file. */
    public void update(byte[] data, int from, int length) {
        wholeFile.update(data, from, length);
        int at = from;
        int left = length;
        while (left > 0) {
            int part = cutter.take(data, at, left);
            currentChunk.update(data, at, part);
            chunkFilled += part;
            at += part;
            left -= part;
            if (cutter.atCut()) {
                cut();
            }
        }
    }

    /** Bytes taken so far. */
    public long size() {
        return chunkOffset + chunkFilled;
    }

    /** Ends the file and describes it under {@code path}; this chunker is used up. */
    public ManifestFile finish(String path) {
        long size = size();
        if (chunkFilled > 0) {
            cut();
        }
        return new ManifestFile(path, size, Sha256.finish(wholeFile), chunks);
    }

    private void cut() {
        chunks.add(new Chunk(chunkOffset, chunkFilled, Sha256.finish(currentChunk)));
        chunkOffset += chunkFilled;
        chunkFilled = 0;
    }
}
