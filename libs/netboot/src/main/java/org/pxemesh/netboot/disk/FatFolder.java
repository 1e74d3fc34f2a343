package org.pxemesh.netboot.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A folder of a FAT volume: it knows how long its own bytes are before it knows where anything is. */
final class FatFolder {
    static final int ENTRY = 32;

    private static final int LETTERS_PER_ENTRY = 13;
    private static final byte LONG_NAME = 0x0f;
    private static final byte FOLDER = 0x10;
    private static final byte ARCHIVE = 0x20;

    /** 1 January 1980: the same files make the same disk. */
    private static final short DATE = 0x21;

    /** Where the 13 letters of a long name's part stand in its entry. */
    private static final int[] LETTERS_AT = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

    /** Something in it: a folder, or a file. */
    private record Item(
            String name,
            byte[] shortName,
            @Nullable FatFolder folder,
            @Nullable DiskFile file) {

        /** A name that fits and has no small letters needs no long one; FAT's readers take no notice of case. */
        int entries() {
            return isShort(name) ? 1 : 1 + (name.length() + LETTERS_PER_ENTRY - 1) / LETTERS_PER_ENTRY;
        }
    }

    private final @Nullable FatFolder parent;
    private final Map<String, Item> items = new TreeMap<>();
    private int aliases;

    /** First cluster; 0 for the root, which is none. */
    private int cluster;

    private FatFolder(@Nullable FatFolder parent) {
        this.parent = parent;
    }

    static FatFolder root() {
        return new FatFolder(null);
    }

    void add(DiskFile file) {
        FatFolder folder = this;
        List<String> names = file.names();
        for (String name : names.subList(0, names.size() - 1)) {
            folder = folder.folder(name);
        }
        String name = names.getLast();
        String key = name.toUpperCase(Locale.ROOT);
        if (folder.items.putIfAbsent(key, new Item(name, folder.shortName(name), null, file)) != null) {
            throw new IllegalArgumentException("two files with the path '" + file.path() + "'");
        }
    }

    private FatFolder folder(String name) {
        Item item = items.computeIfAbsent(
                name.toUpperCase(Locale.ROOT), key -> new Item(name, shortName(name), new FatFolder(this), null));
        if (item.folder == null) {
            throw new IllegalArgumentException("'" + name + "' would be a file and a folder");
        }
        return item.folder;
    }

    private static boolean isShort(String name) {
        return name.toUpperCase(Locale.ROOT).matches("[A-Z0-9_-]{1,8}(\\.[A-Z0-9_-]{1,3})?");
    }

    /** Eleven letters; where they do not suffice, six of the name, a tilde and a number that nobody else has. */
    private byte[] shortName(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        int dot = upper.lastIndexOf('.');
        String base = (dot > 0 ? upper.substring(0, dot) : upper).replaceAll("[^A-Z0-9_-]", "");
        String end = dot > 0 ? upper.substring(dot + 1).replaceAll("[^A-Z0-9_-]", "") : "";
        if (!isShort(name)) {
            String number = "~" + ++aliases;
            base = base.substring(0, Math.min(base.length(), 8 - number.length())) + number;
        }
        byte[] letters = new byte[11];
        for (int at = 0; at < letters.length; at++) {
            int from = at < 8 ? at : at - 8;
            String part = at < 8 ? base : end;
            letters[at] = (byte) (from < part.length() ? part.charAt(from) : ' ');
        }
        return letters;
    }

    /** All folders below it, those nearer to the root first. */
    List<FatFolder> folders() {
        List<FatFolder> all = new ArrayList<>();
        for (Item item : items.values()) {
            if (item.folder != null) {
                all.add(item.folder);
                all.addAll(item.folder.folders());
            }
        }
        return all;
    }

    /** All files in it and below it, in the order in which they are laid out. */
    List<DiskFile> files() {
        List<DiskFile> all = new ArrayList<>();
        for (Item item : items.values()) {
            if (item.file != null) {
                all.add(item.file);
            } else if (item.folder != null) {
                all.addAll(item.folder.files());
            }
        }
        return all;
    }

    /** Bytes of its entries. */
    int length() {
        Collection<Item> all = items.values();
        return ENTRY * (all.stream().mapToInt(Item::entries).sum() + (parent == null ? 0 : 2));
    }

    void at(int firstCluster) {
        cluster = firstCluster;
    }

    /** Its entries, with where everything is. */
    byte[] bytes(Map<DiskFile, Integer> clusters) {
        ByteBuffer out = ByteBuffer.allocate(length()).order(ByteOrder.LITTLE_ENDIAN);
        if (parent != null) {
            entry(out, dots(1), FOLDER, cluster, 0);
            entry(out, dots(2), FOLDER, parent.cluster, 0);
        }
        for (Item item : items.values()) {
            longName(out, item);
            if (item.folder != null) {
                entry(out, item.shortName, FOLDER, item.folder.cluster, 0);
            } else if (item.file != null) {
                entry(
                        out,
                        item.shortName,
                        ARCHIVE,
                        clusters.getOrDefault(item.file, 0),
                        item.file.content().length());
            }
        }
        return out.array();
    }

    private static byte[] dots(int number) {
        byte[] name = "           ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        java.util.Arrays.fill(name, 0, number, (byte) '.');
        return name;
    }

    private static void entry(ByteBuffer out, byte[] name, byte attributes, int cluster, long size) {
        int at = out.position();
        out.put(name).put(attributes);
        out.putShort(at + 16, DATE).putShort(at + 18, DATE).putShort(at + 24, DATE);
        out.putShort(at + 26, (short) cluster).putInt(at + 28, (int) size);
        out.position(at + ENTRY);
    }

    /** The parts of a long name stand before the entry that it names, the last one first. */
    private static void longName(ByteBuffer out, Item item) {
        int sum = 0;
        for (byte letter : item.shortName) {
            sum = ((sum & 1) << 7 | sum >> 1) + (letter & 0xff) & 0xff;
        }
        int parts = item.entries() - 1;
        for (int part = parts; part > 0; part--) {
            int at = out.position();
            out.put(at, (byte) (part | (part == parts ? 0x40 : 0)));
            out.put(at + 11, LONG_NAME).put(at + 13, (byte) sum);
            for (int letter = 0; letter < LETTERS_PER_ENTRY; letter++) {
                int from = (part - 1) * LETTERS_PER_ENTRY + letter;
                char c = from < item.name.length()
                        ? item.name.charAt(from)
                        : from == item.name.length() ? '\0' : '\uffff';
                out.putChar(at + LETTERS_AT[letter], c);
            }
            out.position(at + ENTRY);
        }
    }
}
