package org.pxemesh.content.swarm;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of small numbers as bits in pages of 4,096. Immutable: a change copies one page and the list of pages, so that a
 * state of a package with a quarter of a million chunks costs about a kilobyte per event and not a copy of everything.
 */
final class Bits {
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_WORDS = 1 << (PAGE_SHIFT - 6);
    private static final int WORD_OF_PAGE = PAGE_WORDS - 1;

    private final int size;
    private final long[] @Nullable [] pages;
    private final int count;

    private Bits(int size, long[] @Nullable [] pages, int count) {
        this.size = size;
        this.pages = pages;
        this.count = count;
    }

    static Bits none(int size) {
        return new Bits(size, new long[(size + (1 << PAGE_SHIFT) - 1) >>> PAGE_SHIFT][], 0);
    }

    static Bits all(int size) {
        long[][] pages = new long[(size + (1 << PAGE_SHIFT) - 1) >>> PAGE_SHIFT][PAGE_WORDS];
        for (int word = 0; word < size >>> 6; word++) {
            pages[word / PAGE_WORDS][word & WORD_OF_PAGE] = -1L;
        }
        if ((size & 63) != 0) {
            pages[size >>> PAGE_SHIFT][(size >>> 6) & WORD_OF_PAGE] = (1L << size) - 1;
        }
        return new Bits(size, pages, size);
    }

    int size() {
        return size;
    }

    /** How many are set. */
    int count() {
        return count;
    }

    boolean has(int i) {
        long[] page = pages[i >>> PAGE_SHIFT];
        return page != null && (page[(i >>> 6) & WORD_OF_PAGE] & 1L << i) != 0;
    }

    Bits with(int i) {
        return edit().set(i).done();
    }

    Bits without(int i) {
        return edit().clear(i).done();
    }

    Editor edit() {
        return new Editor(this);
    }

    void forEach(IntConsumer action) {
        for (int word = 0; word < words(); word++) {
            long bits = word(word);
            while (bits != 0) {
                action.accept((word << 6) + Long.numberOfTrailingZeros(bits));
                bits &= bits - 1;
            }
        }
    }

    /** What is set in one of both and not in the other: first those that are gone, then those that are new. */
    static void difference(Bits before, Bits now, IntConsumer gone, IntConsumer gained) {
        for (int page = 0; page < now.pages.length; page++) {
            if (before.pages[page] == now.pages[page]) {
                continue;
            }
            int end = Math.min(now.words(), (page + 1) * PAGE_WORDS);
            for (int word = page * PAGE_WORDS; word < end; word++) {
                each(word, before.word(word) & ~now.word(word), gone);
                each(word, now.word(word) & ~before.word(word), gained);
            }
        }
    }

    private static void each(int word, long bits, IntConsumer action) {
        for (long left = bits; left != 0; left &= left - 1) {
            action.accept((word << 6) + Long.numberOfTrailingZeros(left));
        }
    }

    /**
     * The first number from a start on, and then from 0, that is in all of some sets and in none of others.
     *
     * @return -1 when there is none
     */
    static int find(int start, List<Bits> in, List<Bits> notIn) {
        int size = in.getFirst().size;
        int found = find(start, size, in, notIn);
        return found >= 0 || start == 0 ? found : find(0, start, in, notIn);
    }

    private static int find(int from, int to, List<Bits> in, List<Bits> notIn) {
        int word = from >>> 6;
        long mask = -1L << from;
        while (word << 6 < to) {
            if ((word & WORD_OF_PAGE) == 0 && isEmptyPage(in, word / PAGE_WORDS)) {
                word += PAGE_WORDS;
                mask = -1L;
                continue;
            }
            long bits = mask;
            for (Bits set : in) {
                bits &= set.word(word);
            }
            for (Bits set : notIn) {
                bits &= ~set.word(word);
            }
            if (bits != 0) {
                int first = (word << 6) + Long.numberOfTrailingZeros(bits);
                return first < to ? first : -1;
            }
            mask = -1L;
            word++;
        }
        return -1;
    }

    private static boolean isEmptyPage(List<Bits> in, int page) {
        for (Bits set : in) {
            if (set.pages[page] == null) {
                return true;
            }
        }
        return false;
    }

    private int words() {
        return (size + 63) >>> 6;
    }

    private long word(int word) {
        long[] page = pages[word / PAGE_WORDS];
        return page == null ? 0 : page[word & WORD_OF_PAGE];
    }

    long[] toLongs() {
        long[] all = new long[words()];
        for (int word = 0; word < all.length; word++) {
            all[word] = word(word);
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Bits that
                        && size == that.size
                        && count == that.count
                        && Arrays.equals(toLongs(), that.toLongs()));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toLongs());
    }

    /** Gathers several changes; each page is copied once. */
    static final class Editor {
        private final Bits before;
        private long[] @Nullable [] pages;
        private final boolean[] own;
        private int count;

        private Editor(Bits before) {
            this.before = before;
            this.pages = before.pages;
            this.own = new boolean[before.pages.length];
            this.count = before.count;
        }

        boolean has(int i) {
            long[] page = pages[i >>> PAGE_SHIFT];
            return page != null && (page[(i >>> 6) & WORD_OF_PAGE] & 1L << i) != 0;
        }

        Editor set(int i) {
            if (!has(i)) {
                page(i)[(i >>> 6) & WORD_OF_PAGE] |= 1L << i;
                count++;
            }
            return this;
        }

        Editor clear(int i) {
            if (has(i)) {
                page(i)[(i >>> 6) & WORD_OF_PAGE] &= ~(1L << i);
                count--;
            }
            return this;
        }

        private long[] page(int i) {
            if (pages == before.pages) {
                pages = pages.clone();
            }
            int index = i >>> PAGE_SHIFT;
            long[] page = pages[index];
            if (page == null || !own[index]) {
                page = page == null ? new long[PAGE_WORDS] : page.clone();
                pages[index] = page;
                own[index] = true;
            }
            return page;
        }

        Bits done() {
            return pages == before.pages ? before : new Bits(before.size, pages, count);
        }
    }
}
