package org.pxemesh.netboot.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A FAT16 volume for reading, without a partition table, as UEFI firmware takes it for a RAM disk (UEFI specification
 * 2.10, 24.7 and 13.3). Boot sector, tables and folders are made; the files' bytes stay where they are, each in one run of
 * clusters, so that a server can send the volume piece by piece without ever having it. Equal files make equal volumes.
 *
 * @param extents all of it, in order
 */
public record FatVolume(List<Extent> extents) {

    private static final int SECTOR = 512;
    private static final int ROOT_ENTRIES = 512;
    private static final int TABLES = 2;

    /** What makes a FAT a FAT16 is its number of clusters alone; the bounds are avoided, for readers differ there. */
    private static final int FEWEST_CLUSTERS = 4_200;

    private static final int MOST_CLUSTERS = 65_400;
    private static final int SMALLEST_CLUSTER = 2 * 1024;
    private static final int LARGEST_CLUSTER = 32 * 1024;

    /** What a volume may hold: a little less than 2 GiB. */
    public static final long MOST_BYTES = (long) MOST_CLUSTERS * LARGEST_CLUSTER;

    public FatVolume {
        extents = List.copyOf(extents);
    }

    /**
     * Lays files out.
     *
     * @throws IllegalArgumentException when they do not fit, or two have one path
     */
    public static FatVolume of(List<DiskFile> files) {
        FatFolder root = FatFolder.root();
        files.forEach(root::add);
        if (root.length() > ROOT_ENTRIES * FatFolder.ENTRY) {
            throw new IllegalArgumentException("too many files at the top of a volume");
        }
        for (int cluster = SMALLEST_CLUSTER; cluster <= LARGEST_CLUSTER; cluster *= 2) {
            if (clusters(root, cluster) <= MOST_CLUSTERS) {
                return new FatVolume(laidOut(root, cluster));
            }
        }
        throw new IllegalArgumentException("a volume holds " + MOST_BYTES + " bytes, and these files are "
                + files.stream().mapToLong(file -> file.content().length()).sum());
    }

    /** Bytes of all of it. */
    public long size() {
        return extents.stream().mapToLong(Extent::length).sum();
    }

    private static long clusters(FatFolder root, int cluster) {
        return root.folders().stream()
                        .mapToLong(folder -> needed(folder.length(), cluster))
                        .sum()
                + root.files().stream()
                        .mapToLong(file -> needed(file.content().length(), cluster))
                        .sum();
    }

    private static long needed(long bytes, int cluster) {
        return (bytes + cluster - 1) / cluster;
    }

    private static List<Extent> laidOut(FatFolder root, int cluster) {
        int used = (int) clusters(root, cluster);
        int clusters = Math.max(used, FEWEST_CLUSTERS);
        int tableSectors = (2 * (clusters + 2) + SECTOR - 1) / SECTOR;
        ByteBuffer table = ByteBuffer.allocate(tableSectors * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        table.putShort((short) 0xfff8).putShort((short) 0xffff);
        List<FatFolder> folders = root.folders();
        for (FatFolder folder : folders) {
            folder.at(chain(table, needed(folder.length(), cluster)));
        }
        Map<DiskFile, Integer> places = new HashMap<>();
        for (DiskFile file : root.files()) {
            places.put(file, chain(table, needed(file.content().length(), cluster)));
        }

        int folderClusters = folders.stream()
                .mapToInt(folder -> (int) needed(folder.length(), cluster))
                .sum();
        ByteBuffer head = ByteBuffer.allocate(
                SECTOR + TABLES * table.capacity() + ROOT_ENTRIES * FatFolder.ENTRY + folderClusters * cluster);
        head.put(bootSector(cluster, clusters, tableSectors));
        for (int copy = 0; copy < TABLES; copy++) {
            head.put(table.array());
        }
        int at = head.position();
        head.put(root.bytes(places)).position(at + ROOT_ENTRIES * FatFolder.ENTRY);
        for (FatFolder folder : folders) {
            at = head.position();
            head.put(folder.bytes(places)).position(at + (int) needed(folder.length(), cluster) * cluster);
        }

        List<Extent> extents = new ArrayList<>(List.of(new Extent.Bytes(head.array())));
        for (DiskFile file : root.files()) {
            long length = file.content().length();
            extents.add(file.content());
            zeros(extents, needed(length, cluster) * cluster - length);
        }
        zeros(extents, (long) (clusters - used) * cluster);
        return extents;
    }

    private static void zeros(List<Extent> extents, long length) {
        if (length > 0) {
            extents.add(new Extent.Zeros(length));
        }
    }

    /** The next free clusters as one chain; 0 for none. */
    private static int chain(ByteBuffer table, long length) {
        int first = table.position() / 2;
        for (long link = 1; link < length; link++) {
            table.putShort((short) (first + link));
        }
        if (length > 0) {
            table.putShort((short) 0xffff);
        }
        return length == 0 ? 0 : first;
    }

    private static byte[] bootSector(int cluster, int clusters, int tableSectors) {
        int perCluster = cluster / SECTOR;
        long sectors =
                1L + TABLES * tableSectors + ROOT_ENTRIES * FatFolder.ENTRY / SECTOR + (long) clusters * perCluster;
        ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        sector.put((byte) 0xeb).put((byte) 0x3c).put((byte) 0x90); // a jump over what follows; nobody runs it
        sector.put("PXEMESH ".getBytes(StandardCharsets.US_ASCII));
        sector.putShort((short) SECTOR)
                .put((byte) perCluster)
                .putShort((short) 1)
                .put((byte) TABLES);
        sector.putShort((short) ROOT_ENTRIES).putShort((short) (sectors < 65_536 ? sectors : 0));
        sector.put((byte) 0xf8).putShort((short) tableSectors);
        sector.putShort((short) 63).putShort((short) 255).putInt(0); // a geometry that nobody looks at
        sector.putInt(sectors < 65_536 ? 0 : (int) sectors);
        sector.put((byte) 0x80).put((byte) 0).put((byte) 0x29).putInt(0x4d455348);
        sector.put("PXE MESH   FAT16   ".getBytes(StandardCharsets.US_ASCII));
        return sector.putShort(SECTOR - 2, (short) 0xaa55).array();
    }
}
