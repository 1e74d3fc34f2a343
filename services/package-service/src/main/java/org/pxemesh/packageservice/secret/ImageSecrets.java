package org.pxemesh.packageservice.secret;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.pxemesh.packageservice.source.ImportException;

/** Secrets inside a boot image, which whoever may boot it can read. */
public final class ImageSecrets {

    /** Base names, folded, of the files that are looked at, wherever they stand in the image. */
    public static final Set<String> NAMES = Set.of(
            "unattend.xml", "autounattend.xml", "bootstrap.ini", "customsettings.ini", "sysprep.inf", "variables.dat");

    private static final int MAX_LOOKED_AT = 64;

    /** Reads a file of the image. */
    public interface Reader {
        byte[] read(String path, int maxBytes) throws IOException, ImportException;
    }

    private ImageSecrets() {}

    /**
     * Looks through an image.
     *
     * @param image its name, for people
     * @param paths in it, folded
     */
    public static List<String> find(String image, Collection<String> paths, Reader reader)
            throws IOException, ImportException {
        List<String> suspects = paths.stream()
                .filter(path -> NAMES.contains(path.substring(path.lastIndexOf('/') + 1)))
                .filter(path -> !path.startsWith("/windows/winsxs/"))
                .toList();
        if (suspects.size() > MAX_LOOKED_AT) {
            throw new ImportException(image + " has " + suspects.size() + " answer files, " + suspects.getFirst()
                    + " and others: an image for booting has a few");
        }
        List<String> found = new ArrayList<>();
        for (String path : suspects) {
            // The bound is larger than what is looked at, so that a long file is told from a damaged image.
            Secrets.in(image + ":" + printable(path), reader.read(path, 16 * Secrets.MAX_BYTES))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** Ends in messages and in the audit; the base name stays. */
    private static String printable(String path) {
        String shown = path.length() <= 300 ? path : "..." + path.substring(path.length() - 300);
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
