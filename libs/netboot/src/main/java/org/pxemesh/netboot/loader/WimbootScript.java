package org.pxemesh.netboot.loader;

import java.util.List;
import java.util.Optional;

/**
 * The iPXE script that boots a Windows PE by wimboot, over HTTP. Store, empty partition and image are all named: images
 * of build 26100 do not boot when wimboot is left to find the first two inside of the image.
 *
 * @param sources where the boot's files are, {@code http://192.0.2.10:8069/boot/…}, without a slash at their ends; the
 *     best first
 * @param wimboot path of wimboot below them
 */
public record WimbootScript(List<String> sources, String wimboot) {

    public WimbootScript {
        sources = List.copyOf(sources);
        IpxeScript.requireWord(wimboot);
    }

    /**
     * The script.
     *
     * @param question what a person is asked first; without an answer the firmware goes on to its next boot entry
     * @param bootManager whether the package has {@code bootmgr.exe}, which BIOS machines need and some images lack
     */
    public String text(Optional<BootQuestion> question, boolean bootManager) {
        IpxeScript script = new IpxeScript(sources);
        question.ifPresent(script::ask);
        script.fetch("kernel", "wimboot", wimboot, "");
        if (bootManager) {
            initrd(script, "bootmgr.exe", "bootmgr.exe");
        }
        initrd(script, "BCD", "Boot/BCD");
        initrd(script, "boot.sdi", "Boot/boot.sdi");
        initrd(script, "boot.wim", "Boot/boot.wim");
        return script.boot("wimboot");
    }

    /** The name twice: wimboot reads the argument on BIOS machines and the name on UEFI ones. */
    private static void initrd(IpxeScript script, String name, String path) {
        script.fetch("initrd", name, path, name);
    }
}
