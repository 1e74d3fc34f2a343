package org.pxemesh.content;

/** Cuts every so many bytes. */
final class FixedCutter implements CutRule.Cutter {

    private final int chunkLength;
    private int filled;

    FixedCutter(int chunkLength) {
        this.chunkLength = chunkLength;
    }

    @Override
    public int take(byte[] data, int from, int length) {
        if (filled == chunkLength) {
            filled = 0;
        }
        int part = Math.min(length, chunkLength - filled);
        filled += part;
        return part;
    }

    @Override
    public boolean atCut() {
        return filled == chunkLength;
    }
}
