package org.pxemesh.packageservice.secret;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.pxemesh.content.FilePaths;
import org.pxemesh.packageservice.source.Tree;

/** Secrets in the loose files of a package. */
public final class TreeSecrets {

    /** More are counted, not listed. */
    private static final int MAX_LISTED = 20;

    private TreeSecrets() {}

    /** Looks through the files that will be in the package. */
    public static List<String> find(Tree tree, Collection<String> paths) throws IOException {
        List<String> found = new ArrayList<>();
        for (String path : paths) {
            String folded = FilePaths.fold(path);
            if (Secrets.suspect(folded.substring(folded.lastIndexOf('/') + 1))) {
                Secrets.in(path, tree.head(path, Secrets.MAX_BYTES + 1)).ifPresent(found::add);
            }
        }
        if (found.size() <= MAX_LISTED) {
            return found;
        }
        List<String> shown = new ArrayList<>(found.subList(0, MAX_LISTED));
        shown.add((found.size() - MAX_LISTED) + " files more");
        return shown;
    }
}
