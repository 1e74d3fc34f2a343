package org.pxemesh.netboot.bcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a hive by its format's description alone and holds it to every rule that a reader may rely on. */
final class HiveReader {

    private static final int BASE = 4096;

    private final ByteBuffer hive;
    private final Set<Integer> cells = new HashSet<>();
    private final Set<Integer> used = new HashSet<>();
    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private int keys;

    private HiveReader(byte[] bytes) {
        hive = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The data of all values by {@code key\key\value}, without the root's name. */
    static Map<String, byte[]> read(byte[] bytes) {
        HiveReader reader = new HiveReader(bytes);
        reader.header();
        reader.bins();
        int root = reader.hive.getInt(36);
        reader.key(root, 0, "", true);
        assertThat(reader.used).as("every allocated cell is reached").isEqualTo(reader.cells);
        return reader.values;
    }

    private void header() {
        assertThat(text(0, 4)).isEqualTo("regf");
        assertThat(hive.getInt(4)).as("both sequence numbers").isEqualTo(hive.getInt(8));
        assertThat(new int[] {hive.getInt(20), hive.getInt(24), hive.getInt(28), hive.getInt(32), hive.getInt(44)})
                .as("version 1.3, type 0, format 1, cluster 1")
                .containsExactly(1, 3, 0, 1, 1);
        assertThat(hive.getInt(40)).isEqualTo(hive.capacity() - BASE);
        int sum = 0;
        for (int at = 0; at < 508; at += 4) {
            sum ^= hive.getInt(at);
        }
        assertThat(hive.getInt(508)).as("checksum").isEqualTo(sum);
    }

    private void bins() {
        int at = 0;
        int end = hive.getInt(40);
        while (at < end) {
            assertThat(text(BASE + at, 4)).isEqualTo("hbin");
            assertThat(hive.getInt(BASE + at + 4)).as("a bin knows its place").isEqualTo(at);
            int size = hive.getInt(BASE + at + 8);
            assertThat(size).isPositive().matches(s -> s % 4096 == 0);
            cells(at + 32, at + size);
            at += size;
        }
        assertThat(at).isEqualTo(end);
    }

    private void cells(int from, int end) {
        int at = from;
        while (at < end) {
            int size = hive.getInt(BASE + at);
            assertThat(Math.abs(size))
                    .as("cell at " + at)
                    .isGreaterThanOrEqualTo(8)
                    .matches(s -> s % 8 == 0);
            if (size < 0) {
                cells.add(at);
            }
            at += Math.abs(size);
        }
        assertThat(at).as("the cells fill the bin").isEqualTo(end);
    }

    /** The place of a cell's payload. */
    private int open(int cell, int atLeast) {
        assertThat(cells).as("cell " + cell).contains(cell);
        assertThat(-hive.getInt(BASE + cell)).isGreaterThanOrEqualTo(atLeast + 4);
        used.add(cell);
        return BASE + cell + 4;
    }

    private void key(int cell, int parent, String path, boolean root) {
        keys++;
        int at = open(cell, 76);
        assertThat(text(at, 2)).isEqualTo("nk");
        assertThat(hive.getShort(at + 2)).isEqualTo((short) (root ? 0x2c : 0x20));
        assertThat(hive.getInt(at + 16)).as("parent of " + path).isEqualTo(parent);
        security(hive.getInt(at + 44));
        int valueCount = hive.getInt(at + 36);
        if (valueCount > 0) {
            int list = open(hive.getInt(at + 40), 4 * valueCount);
            for (int i = 0; i < valueCount; i++) {
                value(hive.getInt(list + 4 * i), path);
            }
        }
        int count = hive.getInt(at + 20);
        if (count > 0) {
            subkeys(hive.getInt(at + 28), count, cell, path);
        } else {
            assertThat(hive.getInt(at + 28)).isEqualTo(-1);
        }
    }

    private void subkeys(int list, int count, int parent, String path) {
        int at = open(list, 4 + 8 * count);
        assertThat(text(at, 2)).isEqualTo("lf");
        assertThat(hive.getShort(at + 2)).isEqualTo((short) count);
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < count; i++) {
            int child = hive.getInt(at + 4 + 8 * i);
            int childAt = open(child, 76);
            String name = text(childAt + 76, hive.getShort(childAt + 72));
            assertThat(text(at + 8 + 8 * i, 4)).as("hint of " + name).isEqualTo(name.substring(0, 4));
            assertThat(names.isEmpty() || names.last().compareToIgnoreCase(name) < 0)
                    .as(name + " is in order")
                    .isTrue();
            names.add(name);
            key(child, parent, path + name + "\\", false);
        }
    }

    private void security(int cell) {
        int at = open(cell, 120);
        assertThat(text(at, 2)).isEqualTo("sk");
        assertThat(hive.getInt(at + 4)).isEqualTo(cell);
        assertThat(hive.getInt(at + 8)).isEqualTo(cell);
        assertThat(hive.getInt(at + 16)).isEqualTo(100);
    }

    private void value(int cell, String path) {
        int at = open(cell, 20);
        assertThat(text(at, 2)).isEqualTo("vk");
        int length = hive.getInt(at + 4);
        byte[] data = new byte[length & 0x7fff_ffff];
        hive.get(length < 0 ? at + 8 : open(hive.getInt(at + 8), data.length), data);
        values.put(path + text(at + 20, hive.getShort(at + 2)), data);
    }

    private String text(int at, int length) {
        byte[] bytes = new byte[length];
        hive.get(at, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
