package org.pxemesh.packageservice.recognition;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pxemesh.content.PackageNotes;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;

/** One EFI program, or one for each architecture, and nothing else: a shell, a memory test, a firmware updater. */
final class EfiPrograms implements KindRecogniser {

    static final String KIND = "efi-application";

    private static final int MAX_FILES = 8;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String lookedFor() {
        return "an EFI program alone (or one for each of x64, ia32 and aa64)";
    }

    @Override
    public Optional<Recognised> recognise(Tree tree, ImportOptions options, Path scratch)
            throws IOException, ImportException {
        if (tree.paths().isEmpty() || tree.paths().size() > MAX_FILES) {
            return Optional.empty();
        }
        Map<String, LoaderState> loaders = new TreeMap<>();
        List<PackageFile> files = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (String path : tree.paths()) {
            Optional<EfiProgram> program = EfiProgram.read(tree.file(path));
            if (program.isEmpty()) {
                return Optional.empty();
            }
            String architecture = program.get().architecture();
            LoaderState loader = new LoaderState(architecture, path, List.of(), null, null, List.of(), false);
            LoaderState other = loaders.put(architecture, loader);
            if (other != null) {
                throw new ImportException(other.nbp() + " and " + path + " are both EFI programs for " + architecture
                        + ": import one of them");
            }
            files.add(PackageFile.same(tree, path));
            if (!program.get().signed()) {
                warnings.add(path + " is not signed: machines with Secure Boot on refuse it");
            }
        }
        return Optional.of(new Recognised(
                new BootDescriptor(PackageKind.EFI_APPLICATION, List.copyOf(loaders.values())),
                files,
                new PackageNotes(warnings, List.of()),
                List.of()));
    }
}
