package org.pxemesh.content;

/**
 * Content-defined cuts: a chunk ends where a hash of the last 64 bytes says so. Bytes that were inserted or removed
 * shift the cuts behind them along, so that two versions of a file have their chunks in common wherever their bytes are
 * equal for a while. Gear hash with normalised chunking as in FastCDC (Xia et al., USENIX ATC 2016): below the average
 * length a cut is made unlikely, above it likely, which draws the lengths together.
 *
 * @param min bytes of the shortest chunk but for a file's last; at least 64, which the hash looks back
 * @param average a power of two; what chunks have in the mean, roughly
 * @param max bytes of the longest, at most {@link Chunk#MAX_LENGTH}
 */
public record ContentCut(int min, int average, int max) implements CutRule {

    /**
     * What builders use: 150 kB in the mean. Two versions of a boot image that was captured anew share 95 % by it
     * (docs/decisions/013); the minimum keeps 16 GiB below {@link Manifest#MAX_CHUNKS} whatever their bytes are.
     */
    public static final ContentCut BUILDERS = new ContentCut(64 * 1024, 128 * 1024, Chunk.MAX_LENGTH);

    /** How many bits stricter before the average, and milder behind it. */
    private static final int NORMALISATION = 2;

    private static final long[] GEAR = gear();

    public ContentCut {
        if (min < Long.SIZE || average <= min || max <= average || max > Chunk.MAX_LENGTH) {
            throw new IllegalArgumentException("cuts need 64 <= min < average < max <= " + Chunk.MAX_LENGTH
                    + ", not min=" + min + " average=" + average + " max=" + max);
        }
        if (Integer.bitCount(average) != 1) {
            throw new IllegalArgumentException("average is " + average + ", not a power of two");
        }
    }

    @Override
    public Cutter begin() {
        int bits = Integer.numberOfTrailingZeros(average);
        return new GearCutter(this, mask(bits + NORMALISATION), mask(bits - NORMALISATION));
    }

    /** The high bits: they alone depend on all of the last 64 bytes. */
    private static long mask(int bits) {
        return -1L << (Long.SIZE - bits);
    }

    /** 256 random-looking numbers by SplitMix64; part of the rule, never to be changed. */
    private static long[] gear() {
        long[] table = new long[256];
        long seed = 0x70786d6573682031L;
        for (int i = 0; i < table.length; i++) {
            seed += 0x9e3779b97f4a7c15L;
            long z = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            table[i] = z ^ (z >>> 31);
        }
        return table;
    }

    private static final class GearCutter implements Cutter {
        private final ContentCut rule;
        private final long strict;
        private final long mild;
        private int filled;
        private long hash;
        private boolean cut;

        GearCutter(ContentCut rule, long strict, long mild) {
            this.rule = rule;
            this.strict = strict;
            this.mild = mild;
        }

        @Override
        public int take(byte[] data, int from, int length) {
            if (cut) {
                filled = 0;
                hash = 0;
                cut = false;
            }
            int end = Math.min(length, rule.max - filled);
            // Nothing is decided before the minimum, and the hash forgets what is 64 bytes old.
            int at = Math.clamp((long) rule.min - Long.SIZE - filled, 0, end);
            at = scan(data, from, at, Math.clamp((long) rule.min - filled, at, end), 0);
            if (at >= rule.min - filled) {
                at = scan(data, from, at, Math.clamp((long) rule.average - filled, at, end), strict);
                if (!cut) {
                    at = scan(data, from, at, end, mild);
                }
            }
            filled += at;
            cut |= filled == rule.max;
            return at;
        }

        /** Reads until {@code to} or a cut; a mask of 0 never cuts. */
        private int scan(byte[] data, int from, int at, int to, long mask) {
            long h = hash;
            int i = at;
            while (i < to) {
                h = (h << 1) + GEAR[data[from + i] & 0xff];
                i++;
                if ((h & mask) == 0 && mask != 0) {
                    cut = true;
                    break;
                }
            }
            hash = h;
            return i;
        }

        @Override
        public boolean atCut() {
            return cut;
        }
    }
}
