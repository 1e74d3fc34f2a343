package org.pxemesh.netboot.disk;

import java.util.List;

/**
 * A file of a disk.
 *
 * @param path without a leading slash; folders come into being by it
 * @param content made or stored
 */
public record DiskFile(String path, Extent content) {

    private static final int LONGEST_NAME = 255;

    public DiskFile {
        for (String name : List.of(path.split("/", -1))) {
            boolean odd = name.isBlank() || name.equals(".") || name.equals("..") || name.length() > LONGEST_NAME;
            if (odd || name.chars().anyMatch(c -> c < ' ' || "\"*:<>?\\|".indexOf(c) >= 0)) {
                throw new IllegalArgumentException("'" + path + "' cannot be the path of a file in a FAT volume");
            }
        }
        if (content instanceof Extent.Zeros) {
            throw new IllegalArgumentException("a file of zeros only: '" + path + "'");
        }
    }

    /** The folders above it, and its name. */
    List<String> names() {
        return List.of(path.split("/"));
    }
}
