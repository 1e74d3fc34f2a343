package org.pxemesh.content.swarm;

import java.util.BitSet;
import java.util.Collection;
import java.util.stream.IntStream;

/** Which chunks of a package someone has: one bit per chunk of its index. Immutable. */
public final class Holdings {

    private final Bits bits;

    private Holdings(Bits bits) {
        this.bits = bits;
    }

    public static Holdings none(int size) {
        return new Holdings(Bits.none(size));
    }

    public static Holdings all(int size) {
        return new Holdings(Bits.all(size));
    }

    static Holdings of(Bits bits) {
        return new Holdings(bits);
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
        BitSet read = BitSet.valueOf(bytes);
        if (read.length() > size) {
            throw new IllegalArgumentException(
                    "holdings tell of chunk " + (read.length() - 1) + ", but the package has " + size);
        }
        Bits.Editor editor = Bits.none(size).edit();
        read.stream().forEach(editor::set);
        return new Holdings(editor.done());
    }

    /** Bit {@code i % 8} of byte {@code i / 8} is chunk {@code i}; trailing zero bytes are left out. */
    public byte[] toBytes() {
        return BitSet.valueOf(bits.toLongs()).toByteArray();
    }

    public Holdings with(int chunk) {
        return new Holdings(bits.with(checked(chunk)));
    }

    /** All of these too. */
    public Holdings with(Collection<Integer> chunks) {
        Bits.Editor editor = bits.edit();
        chunks.forEach(chunk -> editor.set(checked(chunk)));
        return new Holdings(editor.done());
    }

    public Holdings without(int chunk) {
        return new Holdings(bits.without(checked(chunk)));
    }

    public boolean has(int chunk) {
        return chunk >= 0 && chunk < bits.size() && bits.has(chunk);
    }

    /** Chunks of the package, held or not. */
    public int size() {
        return bits.size();
    }

    /** Chunks held. */
    public int count() {
        return bits.count();
    }

    public boolean isComplete() {
        return bits.count() == bits.size();
    }

    /** Chunks not held, in order. */
    public IntStream missing() {
        return IntStream.range(0, size()).filter(chunk -> !bits.has(chunk));
    }

    Bits bits() {
        return bits;
    }

    private int checked(int chunk) {
        if (chunk < 0 || chunk >= size()) {
            throw new IllegalArgumentException("chunk " + chunk + " is not in a package of " + size());
        }
        return chunk;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Holdings that && bits.equals(that.bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    @Override
    public String toString() {
        return "Holdings[" + count() + " of " + size() + "]";
    }
}
