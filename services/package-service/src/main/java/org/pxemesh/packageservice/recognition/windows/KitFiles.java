package org.pxemesh.packageservice.recognition.windows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.pxemesh.content.FilePaths;
import org.pxemesh.packageservice.recognition.PackageFile;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;
import org.pxemesh.packageservice.wim.WimFile;

/** Finds the files of one kit: loose first, then inside the boot image, then in the image's component store. */
final class KitFiles {

    /** Boot programs and fonts; the largest font has 4 MB. */
    private static final long MAX_BYTES = 64L << 20;

    private static final String BOOT = "/windows/boot/";
    private static final String STORE = "/windows/winsxs/";
    private static final String CONFIG_MGR = "/sms/";

    /** A file that was found, on this machine's disk. */
    record Found(String name, String origin, Path file) {
        PackageFile at(String path) {
            return PackageFile.unpacked(path, origin, file);
        }
    }

    private final Tree tree;
    private final KitPlace place;
    private final String architecture;
    private final WimFile image;
    private final Path scratch;

    /** Files of the image that may matter, by folded path. */
    private final Map<String, String> inside;

    private final Map<String, Found> taken = new TreeMap<>();

    private KitFiles(
            Tree tree, KitPlace place, String architecture, WimFile image, Path scratch, Map<String, String> inside) {
        this.tree = tree;
        this.place = place;
        this.architecture = architecture;
        this.image = image;
        this.scratch = scratch;
        this.inside = inside;
    }

    /**
     * Lists an image once, and keeps what may matter.
     *
     * @param names of files to keep wherever they stand
     */
    static KitFiles open(Tree tree, KitPlace place, String architecture, WimFile image, Path scratch, Set<String> names)
            throws IOException, ImportException {
        Predicate<String> matters = path -> path.startsWith(BOOT)
                || path.startsWith(CONFIG_MGR)
                || names.contains(path.substring(path.lastIndexOf('/') + 1));
        return new KitFiles(tree, place, architecture, image, scratch, image.list("/", matters));
    }

    /** Paths in the image that were kept, folded. */
    Set<String> inside() {
        return inside.keySet();
    }

    /** The first that is there. */
    Optional<Found> find(Wanted wanted) throws IOException, ImportException {
        List<Found> all = findAll(wanted, true);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }

    /** All that are there. */
    List<Found> findAll(Wanted wanted) throws IOException, ImportException {
        return findAll(wanted, false);
    }

    private List<Found> findAll(Wanted wanted, boolean firstOnly) throws IOException, ImportException {
        List<Found> found = new ArrayList<>();
        for (String folder : place.folders()) {
            for (String path : wanted.loose()) {
                tree.find(folder + path).ifPresent(there -> found.add(loose(there)));
            }
        }
        if (wanted == Wanted.BCDEDIT) {
            deploymentTools().ifPresent(there -> found.add(loose(there)));
        }
        for (String path : wanted.inside()) {
            if ((found.isEmpty() || !firstOnly) && inside.containsKey(path)) {
                found.add(take(path));
            }
        }
        if (found.isEmpty() && wanted.winsxs()) {
            Optional<String> stored = inside.keySet().stream()
                    .filter(path -> path.startsWith(STORE + architecture + "_") && path.endsWith("/" + wanted.name()))
                    .findFirst();
            if (stored.isPresent()) {
                found.add(take(stored.get()));
            }
        }
        return found;
    }

    /** Fonts of a folder, loose before those inside; by their names. */
    Map<String, Found> fonts(String loose, String within) throws IOException, ImportException {
        Map<String, Found> fonts = new TreeMap<>();
        for (String path : tree.paths()) {
            String folded = FilePaths.fold(path);
            if (place.folders().stream().anyMatch(folder -> isFont(folded, FilePaths.fold(folder) + loose))) {
                fonts.putIfAbsent(folded.substring(folded.lastIndexOf('/') + 1), loose(path));
            }
        }
        for (String path : inside.keySet()) {
            if (isFont(path, within)) {
                String name = path.substring(path.lastIndexOf('/') + 1).replace("_ex.ttf", ".ttf");
                if (!fonts.containsKey(name)) {
                    fonts.put(name, take(path));
                }
            }
        }
        return fonts;
    }

    private static boolean isFont(String path, String folder) {
        return path.startsWith(folder) && path.endsWith(".ttf") && path.indexOf('/', folder.length()) < 0;
    }

    /** Where a file was looked for, for the message that it is not there. */
    String places(Wanted wanted) {
        String loose = place.folders().stream()
                .map(folder -> folder.isEmpty() ? "the top" : folder)
                .collect(Collectors.joining(" and "));
        String within = wanted.inside().stream().collect(Collectors.joining(" and "));
        return "below " + loose + " as " + String.join(", ", wanted.loose()) + "; in " + image.name() + " at " + within
                + (wanted.winsxs() ? " and under /windows/winsxs/" + architecture + "_*" : "")
                + (wanted == Wanted.BCDEDIT ? "; in Deployment Tools/" + architecture + "/BCDBoot" : "");
    }

    /** A small file of the image, for a look at it. */
    byte[] bytes(String folded, int max) throws IOException, ImportException {
        return image.bytes(spelt(folded), max);
    }

    private Optional<String> deploymentTools() {
        String end = "deployment tools/" + architecture + "/bcdboot/bcdedit.exe";
        return tree.paths().stream()
                .filter(path -> FilePaths.fold(path).endsWith(end))
                .findFirst();
    }

    private Found loose(String path) {
        return new Found(path.substring(path.lastIndexOf('/') + 1), path, tree.file(path));
    }

    private Found take(String folded) throws IOException, ImportException {
        Found known = taken.get(folded);
        if (known != null) {
            return known;
        }
        String path = spelt(folded);
        Path file = Files.createTempFile(scratch, "image-", "");
        image.copy(path, file, MAX_BYTES);
        Found found = new Found(folded.substring(folded.lastIndexOf('/') + 1), image.name() + ":" + path, file);
        taken.put(folded, found);
        return found;
    }

    /** wimlib takes paths for patterns. */
    private String spelt(String folded) throws ImportException {
        String path = String.valueOf(inside.get(folded));
        if (path.chars().anyMatch(c -> "*?[]\\".indexOf(c) >= 0 || c < ' ')) {
            throw new ImportException(
                    image.name() + " has a file whose name no boot file has: " + path.replaceAll("\\p{Cntrl}", "?"));
        }
        return path;
    }
}
