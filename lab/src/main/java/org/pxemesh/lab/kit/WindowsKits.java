package org.pxemesh.lab.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.kit.FakeImage.Compression;

/**
 * Trees in the documented layouts of WAIK, ADK with the WinPE add-on, and a Windows medium.
 *
 * @param compression of their boot images
 * @param build of their Windows PE
 * @param imageBytes size of a file in each boot image that does not compress, so that the image has at least that size
 */
public record WindowsKits(Compression compression, int build, int imageBytes) {

    public static final String CA_2011 = "Microsoft Windows Production PCA 2011";
    public static final String CA_2023 = "Windows UEFI CA 2023";

    private static final int FONT_BYTES = 49_188;
    private static final int LOADER_BYTES = 1_470_000;

    /** WAIK 3.0 as it is installed, x86 and amd64. */
    public static WindowsKits waik() {
        return new WindowsKits(Compression.LZX, 7601, 1 << 20);
    }

    /** ADK for Windows 11 as it is installed, amd64 and arm64. */
    public static WindowsKits adk() {
        return new WindowsKits(Compression.XPRESS, 22621, 1 << 20);
    }

    public WindowsKits build(int other) {
        return new WindowsKits(compression, other, imageBytes);
    }

    public WindowsKits compression(Compression other) {
        return new WindowsKits(other, build, imageBytes);
    }

    public WindowsKits imageBytes(int other) {
        return new WindowsKits(compression, build, other);
    }

    /** Writes {@code Windows AIK} into {@code parent}; the folder that an administrator names. */
    public Path writeWaik(Path parent) {
        Path kit = parent.resolve("Windows AIK");
        for (Arch arch : new Arch[] {Arch.X86, Arch.AMD64}) {
            Map<String, byte[]> loose = new TreeMap<>();
            loose.put("boot/boot.sdi", FakeFiles.bytes("boot.sdi", FakeFiles.BOOT_SDI_BYTES));
            loose.put("boot/bcd", FakeFiles.bcd("waik bcd " + arch.folder));
            loose.put("boot/etfsboot.com", FakeFiles.bytes("etfsboot.com", 4096));
            loose.put("boot/fonts/wgl4_boot.ttf", FakeFiles.bytes("wgl4_boot.ttf", FONT_BYTES));
            loose.put("bootmgr", FakeFiles.bytes("bootmgr", 383_786));
            loose.put("WinPE_FPs/winpe-wmi.cab", FakeFiles.bytes("winpe-wmi.cab", 2048));
            if (arch == Arch.AMD64) {
                loose.put("efi/boot/bootx64.efi", loader("bootmgfw.efi", arch, ""));
                loose.put("efi/microsoft/boot/bcd", FakeFiles.bcd("waik efi bcd"));
                loose.put("efi/microsoft/boot/fonts/wgl4_boot.ttf", FakeFiles.bytes("wgl4_boot.ttf", FONT_BYTES));
            }
            Path tools = kit.resolve("Tools/PETools").resolve(arch.folder);
            write(tools, loose);
            image(arch, "").capture(tools.resolve("winpe.wim"), compression, arch.number, build);
            write(kit.resolve("Tools").resolve(arch.folder), Map.of("imagex.exe", FakeFiles.bytes("imagex", 4096)));
        }
        return kit;
    }

    /** Writes {@code Windows Kits/10} into {@code parent}; the folder that an administrator names. */
    public Path writeAdk(Path parent) {
        Path kit = parent.resolve("Windows Kits/10");
        Path adk = kit.resolve("Assessment and Deployment Kit");
        for (Arch arch : new Arch[] {Arch.AMD64, Arch.ARM64}) {
            Path pe = adk.resolve("Windows Preinstallation Environment").resolve(arch.folder);
            write(pe.resolve("Media"), media(arch));
            image(arch, CA_2011).capture(pe.resolve("en-us/winpe.wim"), compression, arch.number, build);
            write(
                    adk.resolve("Deployment Tools").resolve(arch.folder).resolve("BCDBoot"),
                    Map.of("bcdedit.exe", FakeFiles.bytes("bcdedit.exe " + arch.folder, 400_000)));
        }
        write(kit, Map.of("Include/10.0.22621.0/um/windows.h", FakeFiles.bytes("windows.h", 100)));
        return kit;
    }

    /** Writes an extracted Windows medium (or what {@code copype} makes as {@code media}) into {@code folder}. */
    public Path writeMedium(Path folder) {
        write(folder, media(Arch.AMD64));
        image(Arch.AMD64, CA_2011).capture(folder.resolve("sources/boot.wim"), compression, Arch.AMD64.number, build);
        return folder;
    }

    /** What bootable media's variables hold is a secret; these bytes stand for them. */
    public static final byte[] VARIABLES = FakeFiles.bytes("variables.dat", 3_000);

    /** Writes ConfigMgr's bootable media into {@code folder}: its boot image, and the variables beside it. */
    public Path writeConfigMgr(Path folder) {
        write(folder, media(Arch.AMD64));
        write(folder, Map.of("SMS/data/Variables.dat", VARIABLES, "SMS/data/TsmBootstrap.ini", new byte[] {'\n'}));
        image(Arch.AMD64, CA_2011)
                .with("sms/bin/x64/TsmBootstrap.exe", FakeFiles.bytes("TsmBootstrap.exe", 50_000))
                .capture(folder.resolve("sources/boot.wim"), compression, Arch.AMD64.number, build);
        return folder;
    }

    private enum Arch {
        X86("x86", 0, 0x14c, "bootia32.efi"),
        AMD64("amd64", 9, 0x8664, "bootx64.efi"),
        ARM64("arm64", 12, 0xaa64, "bootaa64.efi");

        final String folder;
        final int number;
        final int machine;
        final String loader;

        Arch(String folder, int number, int machine, String loader) {
            this.folder = folder;
            this.number = number;
            this.machine = machine;
            this.loader = loader;
        }
    }

    private static byte[] loader(String name, Arch arch, String issuer) {
        return FakeFiles.efi(name + " " + arch.folder + " " + issuer, arch.machine, issuer, LOADER_BYTES);
    }

    private static Map<String, byte[]> media(Arch arch) {
        Map<String, byte[]> media = new TreeMap<>();
        media.put("Boot/boot.sdi", FakeFiles.bytes("boot.sdi", FakeFiles.BOOT_SDI_BYTES));
        media.put("EFI/Boot/" + arch.loader, loader("bootmgfw.efi", arch, CA_2011));
        media.put("EFI/Microsoft/Boot/BCD", FakeFiles.bcd("adk efi bcd " + arch.folder));
        media.put("EFI/Microsoft/Boot/boot.stl", FakeFiles.bytes("boot.stl", 9_000));
        media.put("bootmgr.efi", loader("bootmgr.efi", arch, CA_2011));
        for (String font : new String[] {"wgl4_boot.ttf", "segoe_slboot.ttf", "segmono_boot.ttf"}) {
            media.put("EFI/Microsoft/Boot/Fonts/" + font, FakeFiles.bytes(font, FONT_BYTES));
        }
        media.put("EFI/Microsoft/Boot/Resources/bootres.dll", FakeFiles.bytes("bootres.dll", 20_000));
        if (arch != Arch.ARM64) {
            media.put("Boot/BCD", FakeFiles.bcd("adk bcd " + arch.folder));
            media.put("Boot/Fonts/wgl4_boot.ttf", FakeFiles.bytes("wgl4_boot.ttf", FONT_BYTES));
            media.put("Boot/Fonts/jpn_boot.ttf", FakeFiles.bytes("jpn_boot.ttf", 200_000));
            media.put("bootmgr", FakeFiles.bytes("bootmgr", 408_074));
        }
        return media;
    }

    /** What both kits keep inside their boot images; {@code issuer} empty for the unsigned days of WAIK. */
    private FakeImage image(Arch arch, String issuer) {
        FakeImage image = new FakeImage()
                .with("Windows/System32/ntoskrnl.exe", FakeFiles.bytes("ntoskrnl " + arch.folder, imageBytes))
                .with("Windows/System32/bcdedit.exe", FakeFiles.bytes("bcdedit.exe " + arch.folder, 400_000))
                .with("Windows/Boot/Fonts/wgl4_boot.ttf", FakeFiles.bytes("wgl4_boot.ttf", FONT_BYTES))
                .with("Windows/Boot/DVD/EFI/boot.sdi", FakeFiles.bytes("boot.sdi", FakeFiles.BOOT_SDI_BYTES))
                .with("Windows/Boot/DVD/EFI/BCD", FakeFiles.bcd("dvd efi bcd"));
        if (arch != Arch.ARM64) {
            for (String program : new String[] {
                "abortpxe.com", "pxeboot.com", "pxeboot.n12", "wdsnbp.com", "hdlscom1.com", "hdlscom1.n12"
            }) {
                image.with("Windows/Boot/PXE/" + program, FakeFiles.bytes(program, 25_772));
            }
            image.with("Windows/Boot/PXE/bootmgr.exe", FakeFiles.bytes("bootmgr.exe", 523_328));
            image.with("Windows/Boot/DVD/PCAT/BCD", FakeFiles.bcd("dvd pcat bcd"));
        }
        if (arch == Arch.X86) {
            return image;
        }
        image.with("Windows/Boot/EFI/bootmgfw.efi", loader("bootmgfw.efi", arch, issuer));
        if (!issuer.isEmpty()) {
            image.with("Windows/Boot/PXE/wdsmgfw.efi", loader("wdsmgfw.efi", arch, issuer));
            image.with("Windows/Boot/EFI/boot.stl", FakeFiles.bytes("boot.stl", 9_000));
            image.with("Windows/Boot/EFI_EX/bootmgfw_EX.efi", loader("bootmgfw.efi", arch, CA_2023));
            image.with("Windows/Boot/PXE_EX/wdsmgfw_EX.efi", loader("wdsmgfw.efi", arch, CA_2023));
            image.with("Windows/Boot/Fonts_EX/wgl4_boot_EX.ttf", FakeFiles.bytes("wgl4_boot_EX.ttf", FONT_BYTES));
        }
        return image;
    }

    static void write(Path folder, Map<String, byte[]> files) {
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling(""));
                Files.write(path, file.getValue());
            }
        } catch (IOException e) {
            throw new LabException(folder + " cannot be filled: " + e, e);
        }
    }
}
