package org.pxemesh.packageservice.recognition;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pxemesh.packageservice.ImportConfig;

/** The iPXE project's wimboot on HQ's machine. No distribution has it (GPL-2.0): the administrator puts it there. */
@ApplicationScoped
public class Wimboot {

    private static final List<Path> USUAL_PLACES = Stream.of(
                    "/usr/local/lib/wimboot/wimboot",
                    "/usr/local/share/wimboot/wimboot",
                    "/usr/local/share/ipxe/wimboot",
                    "/usr/lib/ipxe/wimboot",
                    "/usr/share/ipxe/wimboot",
                    "/usr/lib/wimboot/wimboot",
                    "/usr/share/wimboot/wimboot",
                    "/srv/tftp/wimboot",
                    "/var/lib/tftpboot/wimboot")
            .map(Path::of)
            .toList();

    private final List<Path> places;

    public Wimboot(ImportConfig config) {
        places = config.wimboot().map(List::of).orElse(USUAL_PLACES);
    }

    /** The build for BIOS and x64 UEFI, which is one file; looked for at each build. */
    public Optional<Path> find() {
        return places.stream().filter(Files::isReadable).findFirst();
    }
}
