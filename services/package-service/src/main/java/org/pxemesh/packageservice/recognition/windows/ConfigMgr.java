package org.pxemesh.packageservice.recognition.windows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pxemesh.content.FilePaths;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;
import org.pxemesh.packageservice.tool.Tool;
import org.pxemesh.packageservice.wim.WimEditor;
import org.pxemesh.packageservice.wim.WimFile;

/** ConfigMgr's boot images, which are of use only with the variables that name their management point. */
final class ConfigMgr {

    /** Where such a Windows PE, booted over the network, looks for its configuration: {@code X:\sms\data}. */
    private static final String FOLDER = "/sms/data";

    private static final String VARIABLES = "variables.dat";

    /** With these names in the image, whatever their case is on the media. */
    private static final List<String> FILES = List.of(VARIABLES, "TsmBootstrap.ini");

    private ConfigMgr() {}

    /** Whether an image, by its folded paths, is ConfigMgr's and does not know its management point. */
    static boolean incomplete(Set<String> inside) {
        return inside.stream().anyMatch(path -> path.startsWith("/sms/bin/") || path.startsWith("/sms/boot/"))
                && !inside.contains(FOLDER + "/" + VARIABLES);
    }

    static String advice(String image) {
        return "THIS WINDOWS PE WILL NOT FIND ITS MANAGEMENT POINT: " + image
                + " is ConfigMgr's boot image, and neither in"
                + " it (" + FOLDER + ") nor beside it there is a " + VARIABLES
                + ". Make bootable media in ConfigMgr and"
                + " import its ISO, or put " + VARIABLES + " beside the image";
    }

    /**
     * A copy of an image with the media's variables inside.
     *
     * @return empty if there are none beside it
     */
    static Optional<Path> complete(Tool wimlib, Tree tree, WimFile image, Path scratch)
            throws IOException, ImportException {
        if (find(tree, VARIABLES).isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory(scratch, "sms-");
        for (String name : FILES) {
            Optional<String> there = find(tree, name);
            if (there.isPresent()) {
                try (InputStream bytes = tree.open(there.get())) {
                    Files.copy(bytes, folder.resolve(name));
                }
            }
        }
        Path copy = folder.resolveSibling(folder.getFileName() + ".wim");
        try (InputStream bytes = Files.newInputStream(image.file())) {
            Files.copy(bytes, copy);
        }
        WimEditor.add(wimlib, copy, image.image().index(), folder, FOLDER);
        return Optional.of(copy);
    }

    /** Bootable media keep them in {@code SMS\data}. */
    private static Optional<String> find(Tree tree, String name) {
        String folded = FilePaths.fold(name);
        return tree.paths().stream()
                .filter(path -> FilePaths.fold(path).equals(folded)
                        || FilePaths.fold(path).endsWith("/" + folded))
                .findFirst();
    }
}
