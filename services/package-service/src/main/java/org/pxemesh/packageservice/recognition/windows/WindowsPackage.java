package org.pxemesh.packageservice.recognition.windows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pxemesh.events.LoaderState;
import org.pxemesh.packageservice.recognition.PackageFile;

/**
 * The package that is made of a kit, as it grows. Its tree is always this one, wherever the kit had the files:
 *
 * <pre>
 *   windows/ARCHITECTURE/boot.wim, boot.sdi, bcdedit.exe
 *   windows/ARCHITECTURE/bios/pxeboot.n12, pxeboot.com, abortpxe.com, bootmgr.exe, BCD, fonts/...
 *   windows/ARCHITECTURE/uefi[-ca2011|-ca2023]/bootmgfw.efi, wdsmgfw.efi, BCD, boot.stl, bootres.dll, fonts/...
 *   windows/wimboot, ipxe/...
 * </pre>
 */
final class WindowsPackage {

    private final Map<String, PackageFile> files = new LinkedHashMap<>();
    private final List<LoaderState> loaders = new ArrayList<>();
    private final Set<String> warnings = new TreeSet<>();
    private final Set<String> absent = new TreeSet<>();

    /** Adds a file; its path in the package. */
    String add(PackageFile file) {
        files.putIfAbsent(file.path(), file);
        return file.path();
    }

    void add(LoaderState loader) {
        loaders.add(loader);
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    void absent(String file) {
        absent.add(file);
    }

    List<LoaderState> loaders() {
        return loaders;
    }

    List<PackageFile> files() {
        return List.copyOf(files.values());
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    List<String> absent() {
        return List.copyOf(absent);
    }
}
