package org.pxemesh.packageservice.recognition;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.pxemesh.packageservice.recognition.windows.WindowsPe;
import org.pxemesh.packageservice.revocation.Revocations;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;
import org.pxemesh.packageservice.tool.Tools;

/** Tells by the files of a tree what it boots. */
@ApplicationScoped
public class Recogniser {

    /** What a request may say as {@code kind}. */
    public static final Set<String> KINDS = new TreeSet<>(Set.of(
            ImportOptions.AUTO,
            WindowsPe.KIND,
            LinuxTree.KIND,
            KernelAndInitrd.KIND,
            EfiPrograms.KIND,
            BiosProgram.KIND));

    private static final int SHOWN = 12;

    private final List<KindRecogniser> kinds;

    public Recogniser(Ipxe ipxe, Wimboot wimboot, Tools tools, Revocations revocations) {
        kinds = List.of(
                new WindowsPe(tools.wimlib(), ipxe, wimboot, revocations),
                new LinuxTree(ipxe),
                new KernelAndInitrd(ipxe),
                new EfiPrograms(),
                new BiosProgram());
    }

    /**
     * Recognises a tree.
     *
     * @param scratch a directory of this build; what is unpacked into it stays until the package is built
     * @throws ImportException saying what was looked for and what was found
     */
    public Recognised recognise(Tree tree, ImportOptions options, Path scratch) throws IOException, ImportException {
        List<KindRecogniser> asked = kinds.stream()
                .filter(kind -> options.kind().equals(ImportOptions.AUTO)
                        || options.kind().equals(kind.kind()))
                .toList();
        for (KindRecogniser kind : asked) {
            Optional<Recognised> found = kind.recognise(tree, options, scratch);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new ImportException("nothing bootable was recognised. Looked for "
                + asked.stream().map(KindRecogniser::lookedFor).collect(Collectors.joining("; for ")) + ". Found "
                + tree.paths().size() + " files: " + shown(tree.paths()));
    }

    /** The paths nearest the top tell most about what somebody picked by mistake. */
    private static String shown(Collection<String> paths) {
        List<String> first = new TreeSet<>(paths)
                .stream()
                        .sorted(Comparator.comparingLong(
                                path -> path.chars().filter(c -> c == '/').count()))
                        .limit(SHOWN)
                        .toList();
        return first.stream().collect(Collectors.joining(", ")) + (paths.size() > SHOWN ? ", ..." : "");
    }
}
