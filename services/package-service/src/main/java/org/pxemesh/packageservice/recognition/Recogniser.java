package org.pxemesh.packageservice.recognition;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.pxemesh.packageservice.source.ImportException;

/** Tells by the paths of a tree what it boots. */
@ApplicationScoped
public class Recogniser {

    private static final int SHOWN = 12;

    private final Ipxe ipxe;

    Recogniser(Ipxe ipxe) {
        this.ipxe = ipxe;
    }

    /**
     * Recognises a tree.
     *
     * @throws ImportException saying what was looked for and what was found
     */
    public Recognised recognise(Collection<String> paths) throws ImportException {
        var found = LinuxNetboot.recognise(paths, ipxe.find().isPresent());
        if (found.isPresent()) {
            return found.get();
        }
        throw new ImportException("nothing bootable was recognised. Looked for " + LinuxNetboot.lookedFor() + ". Found "
                + paths.size() + " files: " + shown(paths));
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
