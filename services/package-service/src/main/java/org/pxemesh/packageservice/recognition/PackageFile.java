package org.pxemesh.packageservice.recognition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pxemesh.packageservice.source.Tree;

/**
 * A file that a package will have.
 *
 * @param path in the package
 * @param origin where it was found, for people; null when that is {@code path} in the source
 * @param size its bytes' number, for the progress bar
 * @param content its bytes
 */
public record PackageFile(String path, @Nullable String origin, long size, Content content) {

    /** Gives a file's bytes, from their beginning each time. */
    public interface Content {
        InputStream open() throws IOException;
    }

    /** A file of the source, at the same place. */
    public static PackageFile same(Tree tree, String path) {
        return new PackageFile(path, null, tree.size(path), () -> tree.open(path));
    }

    /** A file of HQ's machine that is not part of the source. */
    public static PackageFile added(String path, Path file) {
        return new PackageFile(path, "HQ's " + file, size(file), () -> Files.newInputStream(file));
    }

    /** A file of the source, at another place. */
    public static PackageFile moved(String path, Tree tree, String origin) {
        return new PackageFile(path, origin, tree.size(origin), () -> tree.open(origin));
    }

    /** A file that was unpacked for this build. */
    public static PackageFile unpacked(String path, String origin, Path file) {
        return new PackageFile(path, origin, size(file), () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            // Reading it will tell.
            return 0;
        }
    }
}
