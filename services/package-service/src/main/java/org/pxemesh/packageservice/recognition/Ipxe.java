package org.pxemesh.packageservice.recognition;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pxemesh.packageservice.ImportConfig;

/** iPXE's {@code snponly.efi} on HQ's machine; the administrator's own, or the distribution's. */
@ApplicationScoped
public class Ipxe {

    private static final List<Path> USUAL_PLACES = Stream.of(
                    "/usr/lib/ipxe/snponly.efi",
                    "/usr/share/ipxe/ipxe-snponly-x86_64.efi",
                    "/usr/share/ipxe/x86_64/snponly.efi",
                    "/usr/share/ipxe/snponly.efi")
            .map(Path::of)
            .toList();

    private final List<Path> places;

    Ipxe(ImportConfig config) {
        places = config.ipxe().map(List::of).orElse(USUAL_PLACES);
    }

    /** Looked for at each build, so that installing it later needs no restart. */
    public Optional<Path> find() {
        return places.stream().filter(Files::isReadable).findFirst();
    }

    public List<Path> places() {
        return places;
    }
}
