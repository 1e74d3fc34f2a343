package org.pxemesh.netboot.bcd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes a registry hive ("regf") of version 1.3, as Microsoft's own boot configuration stores are. The same keys always
 * give the same bytes: the time is an argument, nothing is left uninitialised. Layout after libregf's description of the
 * format, checked against the stores of installation media.
 */
final class HiveWriter {

    private static final int NONE = -1;
    private static final int ROOT_FLAGS = 0x2c; // root, not to be deleted, ASCII name
    private static final int KEY_FLAGS = 0x20; // ASCII name
    private static final int ASCII_VALUE_NAME = 1;
    private static final int INLINE = 0x8000_0000;
    private static final int KEY_HEADER = 76;
    private static final int VALUE_HEADER = 20;

    /** Longer data would need a list of segments, which a boot configuration never has. */
    private static final int MAX_DATA = 16_344;

    /** Owner administrators, group system; administrators and system may do everything. */
    private static final byte[] SECURITY = HexFormat.of()
            .parseHex("010004804800000058000000000000001400000002003400020000000000"
                    + "18003f000f00010200000000000520000000200200000000"
                    + "14003f000f00010100000000000512000000"
                    + "01020000000000052000000020020000"
                    + "010100000000000512000000");

    private final HiveCells cells;
    private final long fileTime;
    private int securityCell;

    private HiveWriter(long fileTime) {
        this.fileTime = fileTime;
        this.cells = new HiveCells(fileTime);
    }

    /** @param fileTime 100 ns since 1601, for all keys alike */
    static byte[] write(HiveKey root, long fileTime) {
        return new HiveWriter(fileTime).hive(root);
    }

    private byte[] hive(HiveKey root) {
        int rootCell = cells.allocate(KEY_HEADER + root.name().length());
        securityCell = security(count(root));
        key(root, rootCell, NONE, ROOT_FLAGS);
        byte[] bins = cells.finish();
        ByteBuffer out = ByteBuffer.allocate(HiveCells.PAGE + bins.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {'r', 'e', 'g', 'f'}).putInt(1).putInt(1).putLong(fileTime); // both sequences: it is whole
        out.putInt(1).putInt(3).putInt(0).putInt(1); // version 1.3, a primary file, laid out for memory
        out.putInt(rootCell).putInt(bins.length).putInt(1);
        out.putInt(508, checksum(out));
        out.position(HiveCells.PAGE).put(bins);
        return out.array();
    }

    private static int checksum(ByteBuffer header) {
        int sum = 0;
        for (int at = 0; at < 508; at += 4) {
            sum ^= header.getInt(at);
        }
        return sum == -1 ? -2 : sum == 0 ? 1 : sum;
    }

    private static int count(HiveKey key) {
        return 1 + key.keys().stream().mapToInt(HiveWriter::count).sum();
    }

    /** One descriptor for all keys; its list of neighbours is itself. */
    private int security(int references) {
        int cell = cells.allocate(20 + SECURITY.length);
        cells.at(cell)
                .put(new byte[] {'s', 'k', 0, 0})
                .putInt(cell)
                .putInt(cell)
                .putInt(references)
                .putInt(SECURITY.length)
                .put(SECURITY);
        return cell;
    }

    private void key(HiveKey key, int cell, int parent, int flags) {
        int values = values(key.values());
        List<Integer> children = new ArrayList<>();
        for (HiveKey child : key.keys()) {
            int childCell = cells.allocate(KEY_HEADER + child.name().length());
            children.add(childCell);
            key(child, childCell, cell, KEY_FLAGS);
        }
        int subkeys = subkeys(key.keys(), children);
        ByteBuffer out = cells.at(cell);
        out.put(new byte[] {'n', 'k'}).putShort((short) flags).putLong(fileTime).putInt(0);
        out.putInt(parent == NONE ? 0 : parent);
        out.putInt(children.size()).putInt(0).putInt(subkeys).putInt(NONE);
        out.putInt(key.values().size()).putInt(values).putInt(securityCell).putInt(NONE);
        out.putInt(longest(key.keys().stream().map(HiveKey::name).toList())).putInt(0);
        out.putInt(longest(key.values().stream().map(HiveValue::name).toList()));
        out.putInt(key.values().stream()
                .mapToInt(value -> value.data().length)
                .max()
                .orElse(0));
        out.putInt(0).putShort((short) key.name().length()).putShort((short) 0);
        out.put(key.name().getBytes(StandardCharsets.US_ASCII));
    }

    /** Bytes of the longest name, in the two-byte characters that readers reckon with. */
    private static int longest(List<String> names) {
        return names.stream().mapToInt(name -> 2 * name.length()).max().orElse(0);
    }

    private int subkeys(List<HiveKey> keys, List<Integer> keyCells) {
        if (keys.isEmpty()) {
            return NONE;
        }
        int cell = cells.allocate(4 + 8 * keys.size());
        ByteBuffer out = cells.at(cell);
        out.put(new byte[] {'l', 'f'}).putShort((short) keys.size());
        for (int i = 0; i < keys.size(); i++) {
            byte[] name = keys.get(i).name().getBytes(StandardCharsets.US_ASCII);
            byte[] hint = new byte[4];
            System.arraycopy(name, 0, hint, 0, Math.min(4, name.length));
            out.putInt(keyCells.get(i)).put(hint);
        }
        return cell;
    }

    private int values(List<HiveValue> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        int list = cells.allocate(4 * values.size());
        for (int i = 0; i < values.size(); i++) {
            int cell = value(values.get(i));
            cells.at(list).putInt(4 * i, cell);
        }
        return list;
    }

    private int value(HiveValue value) {
        byte[] data = value.data();
        if (data.length > MAX_DATA) {
            throw new IllegalArgumentException(
                    "value " + value.name() + " has " + data.length + " bytes, allowed are " + MAX_DATA);
        }
        int cell = cells.allocate(VALUE_HEADER + value.name().length());
        boolean inline = data.length <= 4;
        int dataCell = inline ? NONE : cells.allocate(data.length);
        if (!inline) {
            cells.at(dataCell).put(data);
        }
        ByteBuffer out = cells.at(cell);
        out.put(new byte[] {'v', 'k'}).putShort((short) value.name().length());
        out.putInt(inline ? data.length | INLINE : data.length);
        if (inline) {
            out.put(data).position(12);
        } else {
            out.putInt(dataCell);
        }
        out.putInt(value.type()).putShort((short) ASCII_VALUE_NAME).putShort((short) 0);
        out.put(value.name().getBytes(StandardCharsets.US_ASCII));
        return cell;
    }
}
