package org.pxemesh.packageservice.source;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.pxemesh.packageservice.ImportConfig;
import org.pxemesh.packageservice.tool.Tool;

/** The directories of HQ's machine whose trees may be imported. */
@ApplicationScoped
public class ImportRoots {

    private static final String SETTING = "pxemesh.import.roots";

    private final List<Path> roots;
    private final int maxFiles;

    public ImportRoots(ImportConfig config) {
        this.roots = config.roots().orElse(List.of());
        this.maxFiles = config.maxFiles();
    }

    /**
     * The tree at {@code directory}, once it is known to stand under a root, links resolved.
     *
     * @throws ImportException if it does not, or cannot be read
     */
    public DirectorySource open(String directory) throws ImportException {
        Place place = place(directory);
        if (!Files.isDirectory(place.real())) {
            throw new ImportException(place.asked() + " is not a directory; a file is named as such (source.file)");
        }
        return DirectorySource.list(place.real(), place.root(), maxFiles);
    }

    /**
     * An archive, ISO image, boot image or boot program under a root.
     *
     * @throws ImportException if it stands elsewhere, cannot be read, or is no such file
     */
    public PackageSource openFile(String file, Tool sevenZip) throws ImportException {
        Path real = file(file);
        try {
            return ArchiveSource.open(real, String.valueOf(real.getFileName()), maxFiles, sevenZip);
        } catch (IOException e) {
            throw new ImportException(real + " cannot be read: " + e);
        }
    }

    /** A file under a root, links resolved. */
    public Path file(String file) throws ImportException {
        Place place = place(file);
        if (!Files.isRegularFile(place.real())) {
            throw new ImportException(place.asked() + " is not a file");
        }
        return place.real();
    }

    private record Place(Path asked, Path real, Path root) {}

    private Place place(String path) throws ImportException {
        if (roots.isEmpty()) {
            throw new ImportException("directories are imported only from under " + SETTING
                    + ", which is not set for package-service: set it, or upload an archive");
        }
        Path asked;
        try {
            asked = Path.of(path);
        } catch (InvalidPathException e) {
            throw new ImportException("\"" + printable(path) + "\" is not a path: " + e.getReason());
        }
        if (!asked.isAbsolute()) {
            throw new ImportException("\"" + printable(path) + "\" must be an absolute path on HQ's machine");
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
            if (path.indexOf('\\') > 0 && path.startsWith("/")) {
                return place(path.replace('\\', '/'));
            }
            throw new ImportException(asked + " cannot be read: is the path right, and may package-service read it?");
        }
        Path root = roots.stream()
                .map(ImportRoots::realOrSelf)
                .filter(real::startsWith)
                .findFirst()
                .orElseThrow(() -> new ImportException(
                        asked + " leads by a symbolic link to a place under none of " + SETTING + "=" + roots));
        return new Place(asked, real, root);
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
