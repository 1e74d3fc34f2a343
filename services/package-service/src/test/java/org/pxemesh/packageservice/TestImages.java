package org.pxemesh.packageservice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.pxemesh.packageservice.store.ContentStore;
import org.pxemesh.packageservice.tool.Tools;

/** Boot images (WIM) and EFI programs with nothing in them, a few bytes each. */
public final class TestImages {

    public static final String CA_2011 = "Microsoft Windows Production PCA 2011";
    public static final String CA_2023 = "Windows UEFI CA 2023";

    private TestImages() {}

    /** For {@code @EnabledIf}. */
    public static boolean wimlibIsInstalled() {
        return new Tools(TestConfig.of(1, 1)).wimlib().find().isPresent();
    }

    /** For {@code @EnabledIf}. */
    public static boolean sevenZipIsInstalled() {
        return new Tools(TestConfig.of(1, 1)).sevenZip().find().isPresent();
    }

    /** What every Windows PE for BIOS and x64 UEFI has inside. */
    public static Map<String, byte[]> amd64() {
        Map<String, byte[]> files = new TreeMap<>();
        for (String program : List.of("abortpxe.com", "bootmgr.exe", "pxeboot.com", "pxeboot.n12")) {
            files.put("Windows/Boot/PXE/" + program, text(program));
        }
        files.put("Windows/System32/bcdedit.exe", text("bcdedit.exe"));
        files.put("Windows/Boot/Fonts/wgl4_boot.ttf", text("wgl4_boot.ttf"));
        files.put("Windows/Boot/DVD/PCAT/boot.sdi", text("boot.sdi"));
        files.put("Windows/Boot/DVD/PCAT/BCD", text("BIOS BCD"));
        files.put("Windows/Boot/DVD/EFI/BCD", text("UEFI BCD"));
        files.put("Windows/Boot/EFI/bootmgfw.efi", efi("bootmgfw 2011", 0x8664, CA_2011));
        files.put("Windows/Boot/EFI_EX/bootmgfw_EX.efi", efi("bootmgfw 2023", 0x8664, CA_2023));
        files.put("Windows/Boot/PXE/wdsmgfw.efi", efi("wdsmgfw 2011", 0x8664, CA_2011));
        files.put("Windows/Boot/EFI/boot.stl", text("boot.stl"));
        return files;
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Captures a boot image; options as {@code wimlib-imagex capture} has them. */
    public static Path capture(Path wim, Map<String, byte[]> files, int architecture, int build, String... options)
            throws IOException {
        Path tree = Files.createTempDirectory("pxemesh-image-");
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = tree.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling(""));
                Files.write(path, file.getValue());
            }
            Files.createDirectories(wim.resolveSibling(""));
            List<String> command = new ArrayList<>(List.of(
                    "wimlib-imagex", "capture", tree.toString(), wim.toString(), "WinPE", "--boot", "--no-acls"));
            command.addAll(List.of(
                    "--image-property", "WINDOWS/ARCH=" + architecture,
                    "--image-property", "WINDOWS/VERSION/BUILD=" + build));
            command.addAll(List.of(options));
            run(command);
            return wim;
        } finally {
            ContentStore.deleteTree(tree);
        }
    }

    /** Runs a program that must succeed. */
    public static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** PE32+ headers of an EFI application, and a certificate table that names its issuer unless that is empty. */
    public static byte[] efi(String salt, int machine, String issuer) {
        ByteBuffer pe = ByteBuffer.allocate(2048).order(ByteOrder.LITTLE_ENDIAN);
        pe.putShort(0, (short) 0x5a4d).putInt(0x3c, 0x80).putInt(0x80, 0x4550).putShort(0x84, (short) machine);
        int optional = 0x80 + 24;
        pe.putShort(optional, (short) 0x20b).putShort(optional + 68, (short) 10).putInt(optional + 108, 16);
        if (!issuer.isEmpty()) {
            pe.putInt(optional + 112 + 32, 1024).putInt(optional + 112 + 36, 512);
            pe.put(1024 + 50, text(issuer));
        }
        pe.put(600, text(salt));
        return pe.array();
    }
}
