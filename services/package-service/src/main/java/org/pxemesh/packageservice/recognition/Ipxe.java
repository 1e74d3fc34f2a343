package org.pxemesh.packageservice.recognition;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pxemesh.packageservice.ImportConfig;

/** iPXE's binaries on HQ's machine; the administrator's own, or the distribution's. */
@ApplicationScoped
public class Ipxe {

    /** Where iPXE for x64 UEFI stands in a package: see decision 003. */
    public static final String UEFI_PATH = "ipxe/snponly.efi";

    /** Where iPXE for BIOS stands in a package. */
    public static final String BIOS_PATH = "ipxe/undionly.kpxe";

    private static final List<Path> UEFI_PLACES = paths(
            "/usr/lib/ipxe/snponly.efi",
            "/usr/share/ipxe/ipxe-snponly-x86_64.efi",
            "/usr/share/ipxe/x86_64/snponly.efi",
            "/usr/share/ipxe/snponly.efi");

    private static final List<Path> BIOS_PLACES = paths(
            "/usr/lib/ipxe/undionly.kpxe", "/usr/share/ipxe/undionly.kpxe", "/usr/share/ipxe/x86_64/undionly.kpxe");

    private final List<Path> uefi;
    private final List<Path> bios;

    public Ipxe(ImportConfig config) {
        uefi = config.ipxe().map(List::of).orElse(UEFI_PLACES);
        bios = config.ipxeBios().map(List::of).orElse(BIOS_PLACES);
    }

    /** {@code snponly.efi} for x64; looked for at each build, so that installing it later needs no restart. */
    public Optional<Path> uefi() {
        return uefi.stream().filter(Files::isReadable).findFirst();
    }

    /** {@code undionly.kpxe}. */
    public Optional<Path> bios() {
        return bios.stream().filter(Files::isReadable).findFirst();
    }

    private static List<Path> paths(String... places) {
        return Stream.of(places).map(Path::of).toList();
    }
}
