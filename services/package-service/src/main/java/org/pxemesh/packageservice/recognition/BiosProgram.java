package org.pxemesh.packageservice.recognition;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pxemesh.content.PackageNotes;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;

/**
 * One BIOS network boot program and nothing else. It has no format that could be recognised, so its name must tell, or
 * the administrator.
 */
final class BiosProgram implements KindRecogniser {

    static final String KIND = "raw-nbp";

    /** It is loaded at 0x7c00 and must end below the 640 KiB that BIOS and PXE ROM share with it. */
    private static final long ROOM = 640 * 1024 - 0x7c00;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String lookedFor() {
        return "a BIOS boot program alone (*.0, *.pxe, *.kpxe, *.kkpxe, *.com, *.n12 or *.bin; any name with kind "
                + KIND + ")";
    }

    @Override
    public Optional<Recognised> recognise(Tree tree, ImportOptions options, Path scratch)
            throws IOException, ImportException {
        if (tree.paths().size() != 1) {
            return Optional.empty();
        }
        String path = tree.paths().iterator().next();
        if (!options.kind().equals(KIND)
                && !path.toLowerCase(Locale.ROOT).matches(".*\\.(0|pxe|kpxe|kkpxe|com|n12|bin)")) {
            return Optional.empty();
        }
        if (tree.size(path) == 0 || tree.size(path) > ROOM) {
            throw new ImportException(path + " has " + tree.size(path) + " bytes; a BIOS boot program has 1 to " + ROOM
                    + ", because it is loaded into the first 640 KiB of memory");
        }
        LoaderState loader = new LoaderState("bios", path, List.of(), null, null, List.of(), false);
        return Optional.of(new Recognised(
                new BootDescriptor(PackageKind.RAW_NBP, List.of(loader)),
                List.of(PackageFile.same(tree, path)),
                PackageNotes.NONE,
                List.of()));
    }
}
