package org.pxemesh.content.swarm;

import java.util.BitSet;
import java.util.stream.IntStream;

/** Which chunks of a package someone has: one bit per chunk of its index. Immutable. */
public final class Holdings {

    private final int size;
    private final BitSet bits;

    private Holdings(int size, BitSet bits) {
        this.size = size;
        this.bits = bits;
    }

    public static Holdings none(int size) {
        return new Holdings(size, new BitSet(size));
    }

    public static Holdings all(int size) {
        BitSet bits = new BitSet(size);
        bits.set(0, size);
        return new Holdings(size, bits);
    }

    /**
     * Reads what a neighbour announced.
     *
     * @param size chunks of the package, from the manifest and never from the neighbour
     * @throws IllegalArgumentException if there are bits for chunks that the package does not have
     */
    public static Holdings fromBytes(int size, byte[] bytes) {
        if (bytes.length > (size + 7) / 8) {
            throw new IllegalArgumentException("holdings have " + bytes.length + " bytes, but a package of " + size
                    + " chunks needs " + (size + 7) / 8);
        }
        BitSet bits = BitSet.valueOf(bytes);
        if (bits.length() > size) {
            throw new IllegalArgumentException(
                    "holdings tell of chunk " + (bits.length() - 1) + ", but the package has " + size);
        }
        return new Holdings(size, bits);
    }

    /** Bit {@code i % 8} of byte {@code i / 8} is chunk {@code i}; trailing zero bytes are left out. */
    public byte[] toBytes() {
        return bits.toByteArray();
    }

    public Holdings with(int chunk) {
        return changed(chunk, true);
    }

    public Holdings without(int chunk) {
        return changed(chunk, false);
    }

    public boolean has(int chunk) {
        return bits.get(chunk);
    }

    /** Chunks of the package, held or not. */
    public int size() {
        return size;
    }

    /** Chunks held. */
    public int count() {
        return bits.cardinality();
    }

    public boolean isComplete() {
        return bits.cardinality() == size;
    }

    /** Chunks not held, in order. */
    public IntStream missing() {
        return IntStream.range(0, size).filter(chunk -> !bits.get(chunk));
    }

    private Holdings changed(int chunk, boolean held) {
        if (chunk < 0 || chunk >= size) {
            throw new IllegalArgumentException("chunk " + chunk + " is not in a package of " + size);
        }
        BitSet copy = (BitSet) bits.clone();
        copy.set(chunk, held);
        return new Holdings(size, copy);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Holdings that && size == that.size && bits.equals(that.bits);
    }

    @Override
    public int hashCode() {
        return 31 * size + bits.hashCode();
    }

    @Override
    public String toString() {
        return "Holdings[" + count() + " of " + size + "]";
    }
}
