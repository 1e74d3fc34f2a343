package org.pxemesh.packageservice.revocation;

import java.nio.file.Files;
import java.nio.file.Path;

/** Signed programs of Debian's package shim-signed. */
final class Shims {

    static final Path FOLDER = Path.of("/usr/lib/shim");

    private Shims() {}

    /** For {@code @EnabledIf}. */
    static boolean areInstalled() {
        return Files.isReadable(FOLDER.resolve("shimx64.efi.signed"));
    }
}
