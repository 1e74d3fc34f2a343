package org.pxemesh.netboot.bcd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bins of a hive while it is written: pages of 4096 bytes, each with a header, then cells without gaps. A cell does
 * not cross its bin; what is left of a bin is a free cell.
 */
final class HiveCells {

    static final int PAGE = 4096;
    private static final int BIN_HEADER = 32;
    private static final int CELL_HEADER = 4;

    private final long fileTime;
    private byte[] bytes = new byte[0];
    private int binEnd;
    private int next;

    /** @param fileTime 100 ns since 1601, for the bins' headers */
    HiveCells(long fileTime) {
        this.fileTime = fileTime;
    }

    /** Takes a cell for a payload of so many bytes; returns its offset, by which other cells name it. */
    int allocate(int payload) {
        int size = roundUp(payload + CELL_HEADER, 8);
        if (next + size > binEnd) {
            closeBin();
            openBin(roundUp(size + BIN_HEADER, PAGE));
        }
        int offset = next;
        buffer().putInt(offset, -size); // a negative size marks a cell in use
        next += size;
        return offset;
    }

    /** The payload of a cell, for writing. */
    ByteBuffer at(int offset) {
        int size = -buffer().getInt(offset);
        return ByteBuffer.wrap(bytes, offset + CELL_HEADER, size - CELL_HEADER)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All bins; nothing can be allocated any more. */
    byte[] finish() {
        closeBin();
        return bytes;
    }

    private void openBin(int size) {
        int start = bytes.length;
        bytes = Arrays.copyOf(bytes, start + size);
        buffer().position(start)
                .put(new byte[] {'h', 'b', 'i', 'n'})
                .putInt(start)
                .putInt(size)
                .putLong(0)
                .putLong(fileTime);
        next = start + BIN_HEADER;
        binEnd = start + size;
    }

    private void closeBin() {
        if (next < binEnd) {
            buffer().putInt(next, binEnd - next);
        }
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int roundUp(int value, int unit) {
        return (value + unit - 1) / unit * unit;
    }
}
