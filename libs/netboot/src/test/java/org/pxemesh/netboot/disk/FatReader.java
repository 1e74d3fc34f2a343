package org.pxemesh.netboot.disk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Reads a FAT16 volume as its specification says (Microsoft's FAT specification 1.03), for tests. */
final class FatReader {
    private final ByteBuffer volume;
    private final int cluster;
    private final int table;
    private final int root;
    private final int data;

    /** Clusters of data. */
    final int clusters;

    FatReader(byte[] bytes) {
        volume = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int sector = volume.getShort(11);
        cluster = volume.get(13) * sector;
        table = volume.getShort(14) * sector;
        root = table + volume.get(16) * volume.getShort(22) * sector;
        data = root + volume.getShort(17) * 32;
        int few = volume.getShort(19) & 0xffff;
        long sectors = few == 0 ? volume.getInt(32) : few;
        if (sectors * sector != bytes.length || (volume.getShort(510) & 0xffff) != 0xaa55) {
            throw new IllegalStateException("a volume of " + sectors + " sectors in " + bytes.length + " bytes");
        }
        clusters = (bytes.length - data) / cluster;
    }

    /** All files by their long paths. */
    Map<String, byte[]> files() {
        Map<String, byte[]> found = new TreeMap<>();
        folder("", Arrays.copyOfRange(volume.array(), root, data), found);
        return found;
    }

    private void folder(String path, byte[] entries, Map<String, byte[]> found) {
        ByteBuffer in = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder name = new StringBuilder();
        for (int at = 0; at < entries.length && entries[at] != 0; at += 32) {
            if (entries[at + 11] == 0x0f) {
                StringBuilder part = new StringBuilder();
                for (int from : new int[] {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30}) {
                    part.append(in.getChar(at + from));
                }
                name.insert(0, part);
                continue;
            }
            String full = name.isEmpty() ? shortName(entries, at) : upToEnd(name.toString());
            name.setLength(0);
            if (entries[at] == '.') {
                continue;
            }
            byte[] content = content(in.getChar(at + 26));
            if (entries[at + 11] == 0x10) {
                folder(path + full + "/", content, found);
            } else {
                found.put(path + full, Arrays.copyOf(content, in.getInt(at + 28)));
            }
        }
    }

    private static String shortName(byte[] entries, int at) {
        String base = new String(entries, at, 8, StandardCharsets.US_ASCII).strip();
        String end = new String(entries, at + 8, 3, StandardCharsets.US_ASCII).strip();
        return end.isEmpty() ? base : base + "." + end;
    }

    private static String upToEnd(String name) {
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }

    private byte[] content(int first) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = first; at >= 2 && at < 0xfff0; at = volume.getChar(table + 2 * at)) {
            out.write(volume.array(), data + (at - 2) * cluster, cluster);
        }
        return out.toByteArray();
    }
}
