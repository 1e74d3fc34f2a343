package org.pxemesh.packageservice.recognition.windows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.WindowsDelivery;
import org.pxemesh.packageservice.recognition.EfiProgram;
import org.pxemesh.packageservice.recognition.ImportOptions;
import org.pxemesh.packageservice.recognition.Ipxe;
import org.pxemesh.packageservice.recognition.PackageFile;
import org.pxemesh.packageservice.recognition.Wimboot;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;

/** What a package needs so that iPXE and wimboot bring its Windows PE over HTTP: from the source, or from HQ's machine. */
final class HttpDelivery {

    private static final String WIMBOOT = "windows/wimboot";
    private static final List<String> SERVED = List.of("bios", "x64-uefi");

    private final ImportOptions options;
    private final WindowsPackage made;
    private final @Nullable PackageFile wimboot;
    private final @Nullable Path wimbootFile;
    private final Optional<Path> bios;
    private final Optional<Path> uefi;

    HttpDelivery(Tree tree, ImportOptions options, Ipxe ipxe, Wimboot wimboot, WindowsPackage made) {
        this.options = options;
        this.made = made;
        this.bios = ipxe.bios();
        this.uefi = ipxe.uefi();
        Optional<String> own = tree.paths().stream()
                .filter(path -> path.matches("(.*/)?wimboot"))
                .findFirst();
        Optional<Path> installed = wimboot.find();
        if (own.isPresent()) {
            this.wimboot = PackageFile.moved(WIMBOOT, tree, own.get());
            this.wimbootFile = tree.file(own.get());
        } else {
            this.wimboot =
                    installed.map(file -> PackageFile.added(WIMBOOT, file)).orElse(null);
            this.wimbootFile = installed.orElse(null);
        }
    }

    /**
     * Which way clients of a firmware get their Windows PE.
     *
     * @param needed whether the other way is known not to work
     * @throws ImportException if the administrator wants a way that is not there
     */
    WindowsDelivery delivery(String architecture, boolean needed) throws ImportException {
        boolean atHand = SERVED.contains(architecture)
                && wimboot != null
                && binary(architecture).isPresent();
        return switch (options.delivery()) {
            case TFTP -> WindowsDelivery.TFTP;
            case AUTO -> atHand && needed ? WindowsDelivery.WIMBOOT : WindowsDelivery.TFTP;
            case WIMBOOT -> {
                if (!atHand && SERVED.contains(architecture)) {
                    throw new ImportException("delivery by wimboot: " + advice(architecture));
                }
                yield atHand ? WindowsDelivery.WIMBOOT : WindowsDelivery.TFTP;
            }
        };
    }

    /** What to do so that it goes by wimboot. */
    String advice(String architecture) {
        if (!SERVED.contains(architecture)) {
            return "not yet for " + architecture + "; until then use a boot image of an older build";
        }
        if (wimboot == null) {
            return "put the iPXE project's wimboot (github.com/ipxe/wimboot, releases) into the source or at"
                    + " /usr/local/share/wimboot/wimboot, or set pxemesh.import.wimboot, and import again";
        }
        if (binary(architecture).isEmpty()) {
            return "install the package ipxe on HQ's machine, or set "
                    + (architecture.equals("bios") ? "pxemesh.import.ipxe-bios" : "pxemesh.import.ipxe")
                    + ", and import again";
        }
        return "import with delivery wimboot";
    }

    /** iPXE's path in the package; null where the package goes without. */
    @Nullable
    String ipxe(String architecture) {
        if (wimboot == null || !SERVED.contains(architecture)) {
            return null;
        }
        String path = architecture.equals("bios") ? Ipxe.BIOS_PATH : Ipxe.UEFI_PATH;
        return binary(architecture)
                .map(file -> made.add(PackageFile.added(path, file)))
                .orElse(null);
    }

    /** wimboot's path in the package; null where the package goes without. */
    @Nullable
    String wimboot(String architecture) throws IOException {
        if (wimboot == null || ipxe(architecture) == null) {
            return null;
        }
        if (architecture.equals("x64-uefi")) {
            warnOfSecureBoot();
        }
        return made.add(wimboot);
    }

    private void warnOfSecureBoot() throws IOException {
        boolean signed = wimbootFile != null
                && EfiProgram.read(wimbootFile).map(EfiProgram::signed).orElse(false)
                && uefi.isPresent()
                && EfiProgram.read(uefi.get()).map(EfiProgram::signed).orElse(false);
        if (!signed) {
            made.warn("wimboot or iPXE is not signed: UEFI clients with Secure Boot on cannot take the way over HTTP");
        }
    }

    private Optional<Path> binary(String architecture) {
        return architecture.equals("bios") ? bios : uefi;
    }
}
