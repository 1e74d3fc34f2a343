package org.pxemesh.packageservice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What may be imported. */
@ConfigMapping(prefix = "pxemesh.import")
public interface ImportConfig {

    /** Directories of HQ's machine whose trees may be imported; without any, only uploads are taken. */
    Optional<List<Path>> roots();

    /**
     * iPXE's {@code snponly.efi} for x64 UEFI clients of Linux packages; when not set it is looked for where Debian,
     * Fedora and Arch install it.
     */
    Optional<Path> ipxe();

    /** iPXE's {@code undionly.kpxe} for BIOS clients of wimboot and of a kernel; looked for like {@link #ipxe}. */
    Optional<Path> ipxeBios();

    /** The iPXE project's {@code wimboot}; when not set it is looked for in the usual places. */
    Optional<Path> wimboot();

    /** {@code wimlib-imagex}, which reads boot images; when not set it is looked for on the PATH. */
    Optional<Path> wimlib();

    /** 7-Zip's {@code 7zz} or {@code 7z}, which reads ISO images; when not set it is looked for on the PATH. */
    Optional<Path> sevenZip();

    /**
     * Revocation lists: UEFI's {@code dbx} updates, or files with a SHA-256 digest in each line. No package gets an EFI
     * program that they name; without any, nothing is revoked here.
     */
    Optional<List<Path>> revoked();

    /** Bytes that the files of one package may have in all, unpacked. */
    @WithDefault("17179869184")
    long maxBytes();

    /** Files of one package. */
    @WithDefault("65536")
    int maxFiles();
}
