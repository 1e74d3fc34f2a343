package org.pxemesh.packageservice.recognition.windows;

import java.util.ArrayList;
import java.util.List;

/**
 * A file of a kit and the places where kits keep it, the best first. All folded to lower case.
 *
 * @param name of the file as messages say it
 * @param loose paths below a kit's folders
 * @param inside paths in the boot image
 * @param winsxs whether to look through the image's component store as the last resort
 */
record Wanted(String name, List<String> loose, List<String> inside, boolean winsxs) {

    private static final String PXE = "/windows/boot/pxe/";

    /** A BIOS boot program of Microsoft's. */
    static Wanted pxe(String name) {
        return new Wanted(
                name,
                List.of(name, "boot/" + name, "pxe/" + name, "boot/pxe/" + name, "windows/boot/pxe/" + name),
                List.of(PXE + name),
                true);
    }

    static final Wanted BOOT_SDI = new Wanted(
            "boot.sdi",
            List.of("boot/boot.sdi", "boot.sdi"),
            List.of("/windows/boot/dvd/pcat/boot.sdi", "/windows/boot/dvd/efi/boot.sdi", "/sms/boot/boot.sdi"),
            true);

    static final Wanted BCDEDIT = new Wanted(
            "bcdedit.exe",
            List.of("bcdedit.exe", "boot/bcdedit.exe", "windows/system32/bcdedit.exe"),
            List.of("/windows/system32/bcdedit.exe"),
            true);

    static final Wanted BIOS_FONT = new Wanted(
            "wgl4_boot.ttf",
            List.of("boot/fonts/wgl4_boot.ttf", "fonts/wgl4_boot.ttf", "wgl4_boot.ttf"),
            List.of("/windows/boot/fonts/wgl4_boot.ttf"),
            true);

    static final Wanted BIOS_BCD = new Wanted("BCD", List.of("boot/bcd"), List.of("/windows/boot/dvd/pcat/bcd"), false);

    static final Wanted UEFI_BCD = new Wanted(
            "EFI BCD",
            List.of("efi/microsoft/boot/bcd"),
            List.of("/windows/boot/dvd/efi/bcd", "/windows/boot/dvd_ex/efi/bcd"),
            false);

    static final Wanted BOOTMGR =
            new Wanted("bootmgr", List.of("bootmgr"), List.of("/windows/boot/pcat/bootmgr"), false);

    /** Every place where a boot manager for UEFI may be, in either signing; which one it is, its certificate says. */
    static Wanted bootManager(String loader) {
        return new Wanted(
                "bootmgfw.efi",
                List.of("efi/boot/" + loader, "efi/microsoft/boot/bootmgfw.efi", "bootmgfw.efi", "bootmgfw_ex.efi"),
                List.of(
                        "/windows/boot/efi/bootmgfw.efi",
                        "/windows/boot/efi_ex/bootmgfw_ex.efi",
                        "/windows/boot/pxe/bootmgfw.efi"),
                false);
    }

    static final Wanted PROMPT = new Wanted(
            "wdsmgfw.efi",
            List.of("wdsmgfw.efi", "wdsmgfw_ex.efi"),
            List.of("/windows/boot/pxe/wdsmgfw.efi", "/windows/boot/pxe_ex/wdsmgfw_ex.efi"),
            false);

    /** Files that boot managers for UEFI ask for and can do without; those of the 2023 set have names of their own. */
    static List<Wanted> uefiOptional(boolean of2023) {
        List<Wanted> wanted = new ArrayList<>();
        for (String name : List.of("boot.stl", "winsipolicy.p7b")) {
            String ex = name.replace(".", "_ex.");
            List<String> inside = of2023
                    ? List.of("/windows/boot/efi_ex/" + ex, "/windows/boot/efi_ex/" + name, "/windows/boot/efi/" + name)
                    : List.of("/windows/boot/efi/" + name);
            wanted.add(new Wanted(name, List.of("efi/microsoft/boot/" + name), inside, false));
        }
        wanted.add(new Wanted(
                "bootres.dll",
                List.of("efi/microsoft/boot/resources/bootres.dll"),
                List.of("/windows/boot/resources/bootres.dll"),
                false));
        return wanted;
    }
}
