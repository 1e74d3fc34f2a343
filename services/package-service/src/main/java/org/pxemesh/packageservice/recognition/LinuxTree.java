package org.pxemesh.packageservice.recognition;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.content.PackageNotes;
import org.pxemesh.packageservice.secret.TreeSecrets;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;

/** A {@link LinuxNetboot} tree, which becomes a package as it is, with iPXE beside it. */
final class LinuxTree implements KindRecogniser {

    static final String KIND = "linux-netboot";

    private final Ipxe ipxe;

    LinuxTree(Ipxe ipxe) {
        this.ipxe = ipxe;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String lookedFor() {
        return LinuxNetboot.lookedFor();
    }

    @Override
    public Optional<Recognised> recognise(Tree tree, ImportOptions options, Path scratch)
            throws IOException, ImportException {
        Optional<Path> binary = ipxe.uefi();
        Map<String, GrubProgram> grubs = new HashMap<>();
        for (String path : tree.paths()) {
            if (LinuxNetboot.isGrub(path)) {
                grubs.put(path, GrubProgram.read(tree, path));
            }
        }
        var found = LinuxNetboot.recognise(tree.paths(), binary.isPresent(), options.arguments(), grubs);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<PackageFile> files = new ArrayList<>();
        tree.paths().forEach(path -> files.add(PackageFile.same(tree, path)));
        if (found.get().needsIpxe()) {
            files.add(PackageFile.added(Ipxe.UEFI_PATH, binary.orElseThrow()));
        }
        return Optional.of(new Recognised(
                found.get().boot(),
                files,
                new PackageNotes(found.get().warnings(), List.of()),
                TreeSecrets.find(tree, tree.paths())));
    }
}
