package org.pxemesh.packageservice.source;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.pxemesh.packageservice.ImportConfig;

/** The directories of HQ's machine whose trees may be imported. */
@ApplicationScoped
public class ImportRoots {

    private static final String SETTING = "pxemesh.import.roots";

    private final List<Path> roots;
    private final int maxFiles;

    ImportRoots(ImportConfig config) {
        this.roots = config.roots().orElse(List.of());
        this.maxFiles = config.maxFiles();
    }

    /**
     * The tree at {@code directory}, once it is known to stand under a root, links resolved.
     *
     * @throws ImportException if it does not, or cannot be read
     */
    public DirectorySource open(String directory) throws ImportException {
        if (roots.isEmpty()) {
            throw new ImportException("directories are imported only from under " + SETTING
                    + ", which is not set for package-service: set it, or upload an archive");
        }
        Path asked;
        try {
            asked = Path.of(directory);
        } catch (InvalidPathException e) {
            throw new ImportException("\"" + printable(directory) + "\" is not a path: " + e.getReason());
        }
        if (!asked.isAbsolute()) {
            throw new ImportException("\"" + printable(directory) + "\" must be an absolute path on HQ's machine");
        }
        // Judged before the disk is looked at, so that nobody can probe for files elsewhere.
        if (roots.stream().noneMatch(root -> asked.normalize().startsWith(absolute(root)))
                && roots.stream().map(ImportRoots::realOrSelf).noneMatch(asked.normalize()::startsWith)) {
            throw new ImportException(asked + " is under none of " + SETTING + "=" + roots);
        }
        Path real;
        try {
            real = asked.toRealPath();
        } catch (IOException e) {
            throw new ImportException(asked + " cannot be read: is the path right, and may package-service read it?");
        }
        Path root = roots.stream()
                .map(ImportRoots::realOrSelf)
                .filter(real::startsWith)
                .findFirst()
                .orElseThrow(() -> new ImportException(
                        asked + " leads by a symbolic link to a place under none of " + SETTING + "=" + roots));
        if (!Files.isDirectory(real)) {
            throw new ImportException(asked + " is not a directory");
        }
        return DirectorySource.list(real, root, maxFiles);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static Path realOrSelf(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return absolute(path);
        }
    }

    private static String printable(String text) {
        String shown = text.length() <= 200 ? text : text.substring(0, 200) + "...";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
