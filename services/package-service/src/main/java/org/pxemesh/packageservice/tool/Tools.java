package org.pxemesh.packageservice.tool;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.pxemesh.packageservice.ImportConfig;

/** The programs that imports need. */
@ApplicationScoped
public class Tools {

    private final Tool wimlib;
    private final Tool sevenZip;

    public Tools(ImportConfig config) {
        // Without it wimlib tells /windows from /Windows, which no Windows program does.
        wimlib = new Tool(
                "wimlib-imagex",
                "pxemesh.import.wimlib",
                config.wimlib(),
                List.of("wimlib-imagex"),
                "install it (Debian and Ubuntu: apt install wimtools; Fedora: dnf install wimlib-utils; Windows:"
                        + " wimlib.net)",
                Map.of("WIMLIB_IMAGEX_IGNORE_CASE", "1"));
        sevenZip = new Tool(
                "7-Zip",
                "pxemesh.import.seven-zip",
                config.sevenZip(),
                List.of("7zz", "7z"),
                "install it (Debian and Ubuntu: apt install 7zip; Fedora: dnf install 7zip; Windows: 7-zip.org)",
                Map.of());
    }

    public Tool wimlib() {
        return wimlib;
    }

    public Tool sevenZip() {
        return sevenZip;
    }
}
