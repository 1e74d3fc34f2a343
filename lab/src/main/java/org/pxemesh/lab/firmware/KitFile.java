package org.pxemesh.lab.firmware;

import java.nio.file.Path;

/** Where a kit's file comes from. */
interface KitFile {
    /**
     * The file on this machine.
     *
     * @throws OtherDebian.Missing where this machine cannot get it: the rows that need it are skipped
     */
    Path path();

    /** A file that the packages of {@code lab/debian-packages.txt} install. */
    static KitFile installed(String path) {
        return () -> Path.of(path);
    }
}
