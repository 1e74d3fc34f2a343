package org.pxemesh.packageservice.recognition;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;

/** Knows one kind of boot files by sight. */
public interface KindRecogniser {

    /** The word for it in requests. */
    String kind();

    /** What it looks for, as the end of a sentence. */
    String lookedFor();

    /**
     * Looks at a tree.
     *
     * @param scratch a directory of this build, for what has to be unpacked; it stays until the package is built
     * @return empty if the tree is something else
     * @throws ImportException if it is of this kind, but cannot become a package
     */
    Optional<Recognised> recognise(Tree tree, ImportOptions options, Path scratch) throws IOException, ImportException;
}
