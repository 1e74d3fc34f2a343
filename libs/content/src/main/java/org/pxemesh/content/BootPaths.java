package org.pxemesh.content;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BcdSource;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.events.WindowsDelivery;

/** Holds a boot descriptor against the files of its package, so that no boot plan names a file that nobody has. */
final class BootPaths {

    static final int MAX_LOADERS = 16;
    static final int MAX_TEXTS = 64;
    private static final int MAX_ARGUMENT_LENGTH = 1024;

    private BootPaths() {}

    static void requireListed(BootDescriptor boot, List<ManifestFile> files) {
        Set<String> paths = new HashSet<>();
        files.forEach(file -> paths.add(file.path()));
        if (boot.loaders().isEmpty() || boot.loaders().size() > MAX_LOADERS) {
            throw new IllegalArgumentException(
                    "boot.loaders has " + boot.loaders().size() + " entries, allowed are 1 to " + MAX_LOADERS);
        }
        for (int i = 0; i < boot.loaders().size(); i++) {
            LoaderState loader = boot.loaders().get(i);
            String where = "boot.loaders[" + i + "]";
            requireListed(where + ".nbp", loader.nbp(), paths);
            requireListed(where + ".kernel", loader.kernel(), paths);
            requireListed(where + ".initrd", loader.initrd(), paths);
            requireFew(where + ".next", loader.next());
            for (int n = 0; n < loader.next().size(); n++) {
                requireListed(where + ".next[" + n + "]", loader.next().get(n), paths);
            }
            if (loader.windows() != null) {
                requireListed(where + ".windows", loader.windows(), paths);
            }
            requireFew(where + ".arguments", loader.arguments());
            for (int n = 0; n < loader.arguments().size(); n++) {
                requireOneWord(
                        where + ".arguments[" + n + "]", loader.arguments().get(n));
            }
        }
    }

    private static void requireListed(String where, WindowsBoot windows, Set<String> paths) {
        requireListed(where + ".promptNbp", windows.promptNbp(), paths);
        requireListed(where + ".abortNbp", windows.abortNbp(), paths);
        requireListed(where + ".bootManager", windows.bootManager(), paths);
        requireListed(where + ".bootSdi", windows.bootSdi(), paths);
        requireListed(where + ".bootWim", windows.bootWim(), paths);
        requireListed(where + ".kitBcd", windows.kitBcd(), paths);
        requireListed(where + ".administratorBcd", windows.administratorBcd(), paths);
        requireListed(where + ".ipxe", windows.ipxe(), paths);
        requireListed(where + ".wimboot", windows.wimboot(), paths);
        requireFew(where + ".optional", windows.optional());
        for (int n = 0; n < windows.optional().size(); n++) {
            requireListed(where + ".optional[" + n + "]", windows.optional().get(n), paths);
        }
        if (windows.bcd() != BcdSource.GENERATED && windows.storedBcd() == null) {
            throw new IllegalArgumentException(where + ".bcd is " + windows.bcd() + ", but no such store is named");
        }
        if (windows.delivery() == WindowsDelivery.WIMBOOT && (windows.ipxe() == null || windows.wimboot() == null)) {
            throw new IllegalArgumentException(where + ".delivery is WIMBOOT, which needs ipxe and wimboot");
        }
    }

    private static void requireListed(String field, @Nullable String path, Set<String> paths) {
        if (path != null && !paths.contains(path)) {
            throw new IllegalArgumentException(field + " is \"" + path + "\", which is not among the files");
        }
    }

    private static void requireFew(String field, List<String> texts) {
        if (texts.size() > MAX_TEXTS) {
            throw new IllegalArgumentException(field + " has " + texts.size() + " entries, allowed are " + MAX_TEXTS);
        }
    }

    /** Arguments end up in generated loader configurations, where a line break would begin a new directive. */
    private static void requireOneWord(String field, String argument) {
        if (argument.isEmpty()
                || argument.length() > MAX_ARGUMENT_LENGTH
                || argument.chars().anyMatch(c -> c <= 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException(field + " must be one word of 1 to " + MAX_ARGUMENT_LENGTH
                    + " characters without spaces or control characters");
        }
    }
}
