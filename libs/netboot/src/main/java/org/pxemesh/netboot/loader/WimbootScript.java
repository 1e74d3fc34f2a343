package org.pxemesh.netboot.loader;

import java.util.ArrayList;
import java.util.List;

/**
 * The iPXE script that boots a Windows PE by wimboot, over HTTP. Store, empty partition and image are all named: images
 * of build 26100 do not boot when wimboot is left to find the first two inside of the image.
 *
 * @param httpBase where the boot's files are, {@code http://192.0.2.10:8069/boot/…}, without a slash at its end
 * @param wimboot path of wimboot below it
 * @param name of what boots, shown to a person who is asked
 */
public record WimbootScript(String httpBase, String wimboot, String name) {

    private static final int PROMPT_SECONDS = 15;

    /** A letter, since builds of iPXE differ in how they number function keys. */
    private static final String KEY = "p";

    public WimbootScript {
        for (String word : List.of(httpBase, wimboot, name)) {
            if (word.isEmpty() || word.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '$' || c == '#')) {
                throw new IllegalArgumentException("'" + word + "' would mean something else in an iPXE script");
            }
        }
    }

    /**
     * The script.
     *
     * @param prompt whether a person is asked first; without an answer the firmware goes on to its next boot entry
     * @param bootManager whether the package has {@code bootmgr.exe}, which BIOS machines need and some images lack
     */
    public String text(boolean prompt, boolean bootManager) {
        List<String> lines = new ArrayList<>();
        lines.add("#!ipxe");
        if (prompt) {
            lines.add("prompt --key " + KEY + " --timeout " + PROMPT_SECONDS * 1000 + " Press " + KEY + " to boot "
                    + name + " || exit 1");
        }
        lines.add("kernel --name wimboot " + httpBase + "/" + wimboot);
        if (bootManager) {
            lines.add(initrd("bootmgr.exe", "bootmgr.exe"));
        }
        lines.add(initrd("BCD", "Boot/BCD"));
        lines.add(initrd("boot.sdi", "Boot/boot.sdi"));
        lines.add(initrd("boot.wim", "Boot/boot.wim"));
        lines.add("boot wimboot");
        return String.join("\n", lines) + "\n";
    }

    /** The name twice: wimboot reads the argument on BIOS machines and the name on UEFI ones. */
    private String initrd(String name, String path) {
        return "initrd --name " + name + " " + httpBase + "/" + path + " " + name;
    }
}
