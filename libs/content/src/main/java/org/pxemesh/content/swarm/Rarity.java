package org.pxemesh.content.swarm;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many neighbours have each chunk, and the chunks to ask for by that number. Immutable, kept up to date event by
 * event: choosing never looks at all chunks.
 */
final class Rarity {
    /** Chunks that so many neighbours have or more are equally common. */
    static final int COMMON = 15;

    private static final int PAGE_SHIFT = 10;

    private final byte[][] holders;
    private final Bits[] wanted;

    private Rarity(byte[][] holders, Bits[] wanted) {
        this.holders = holders;
        this.wanted = wanted;
    }

    /** Nobody has anything; all that is missing is wanted. */
    static Rarity of(Holdings held) {
        int size = held.size();
        byte[][] pages = new byte[(size + (1 << PAGE_SHIFT) - 1) >>> PAGE_SHIFT][1 << PAGE_SHIFT];
        Bits[] levels = new Bits[COMMON + 1];
        java.util.Arrays.fill(levels, Bits.none(size));
        Bits.Editor missing = levels[0].edit();
        held.missing().forEach(missing::set);
        levels[0] = missing.done();
        return new Rarity(pages, levels);
    }

    /** Neighbours that have a chunk. */
    int holders(int chunk) {
        return holders[chunk >>> PAGE_SHIFT][chunk & ((1 << PAGE_SHIFT) - 1)] & 0xff;
    }

    /** The chunks to ask for that so many neighbours have. */
    Bits wanted(int level) {
        return wanted[level];
    }

    Rarity changed(Consumer<Editor> changes) {
        Editor editor = new Editor(this);
        changes.accept(editor);
        return editor.done();
    }

    /** Gathers several changes. */
    static final class Editor {
        private final Rarity before;
        private byte[][] holders;
        private final boolean[] own;
        private final Bits.@Nullable Editor[] wanted = new Bits.Editor[COMMON + 1];

        private Editor(Rarity before) {
            this.before = before;
            this.holders = before.holders;
            this.own = new boolean[before.holders.length];
        }

        /** One more neighbour has it. */
        void more(int chunk) {
            move(chunk, 1);
        }

        /** One neighbour less has it. */
        void fewer(int chunk) {
            move(chunk, -1);
        }

        /** It is to be asked for. */
        void want(int chunk) {
            level(count(chunk)).set(chunk);
        }

        /** It is not to be asked for: it is here, or under way. */
        void leave(int chunk) {
            level(count(chunk)).clear(chunk);
        }

        private void move(int chunk, int by) {
            int count = count(chunk);
            // One byte each; a segment of more than 255 peers is none we serve, and then it is common anyway.
            int now = Math.clamp(count + by, 0, 255);
            page(chunk)[chunk & ((1 << PAGE_SHIFT) - 1)] = (byte) now;
            if (Math.min(count, COMMON) != Math.min(now, COMMON) && level(count).has(chunk)) {
                level(count).clear(chunk);
                level(now).set(chunk);
            }
        }

        private int count(int chunk) {
            return holders[chunk >>> PAGE_SHIFT][chunk & ((1 << PAGE_SHIFT) - 1)] & 0xff;
        }

        private byte[] page(int chunk) {
            if (holders == before.holders) {
                holders = holders.clone();
            }
            int index = chunk >>> PAGE_SHIFT;
            if (!own[index]) {
                holders[index] = holders[index].clone();
                own[index] = true;
            }
            return holders[index];
        }

        private Bits.Editor level(int count) {
            int level = Math.min(count, COMMON);
            Bits.Editor editor = wanted[level];
            if (editor == null) {
                editor = before.wanted[level].edit();
                wanted[level] = editor;
            }
            return editor;
        }

        private Rarity done() {
            Bits[] levels = before.wanted.clone();
            for (int level = 0; level <= COMMON; level++) {
                Bits.Editor editor = wanted[level];
                if (editor != null) {
                    levels[level] = editor.done();
                }
            }
            return new Rarity(holders, levels);
        }
    }
}
