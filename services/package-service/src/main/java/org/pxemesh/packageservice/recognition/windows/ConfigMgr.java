package org.pxemesh.packageservice.recognition.windows;

import java.util.Optional;
import java.util.Set;
import org.pxemesh.content.FilePaths;
import org.pxemesh.packageservice.source.Tree;

/** ConfigMgr's boot images, which are of use only with the variables that name their management point. */
final class ConfigMgr {

    /** Where such a Windows PE looks for them on its own RAM disk. */
    static final String VARIABLES = "/sms/data/variables.dat";

    private ConfigMgr() {}

    /** Whether an image is ConfigMgr's, by its folded paths. */
    static boolean made(Set<String> inside) {
        return inside.stream().anyMatch(path -> path.startsWith("/sms/bin/") || path.startsWith("/sms/boot/"));
    }

    /** What to do about an image without variables inside. */
    static String advice(String image, Optional<String> variables) {
        return "THIS WINDOWS PE WILL NOT FIND ITS MANAGEMENT POINT: " + image
                + " is ConfigMgr's boot image, and has no "
                + VARIABLES + " inside. "
                + variables
                        .map(file -> "Put " + file + " of the media into it: wimlib-imagex update " + image
                                + " 1 --command='add " + file + " " + VARIABLES + "'")
                        .orElse("Make bootable media in ConfigMgr and put its variables.dat into the image")
                + ", and import again";
    }

    /** The media's variables beside an image. */
    static Optional<String> variables(Tree tree) {
        return tree.paths().stream()
                .filter(path -> FilePaths.fold(path).matches("(.*/)?variables\\.dat"))
                .findFirst();
    }
}
