package org.pxemesh.packageservice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Trees in the Debian installer's layout, a few bytes each, and archives of any kind of entry. */
public final class TestTrees {

    private TestTrees() {}

    /** Path to content; {@code salt} makes the kernel, and so the package, another one. */
    public static Map<String, String> netboot(String salt) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("version.info", "Debian version: 12 (bookworm)");
        files.put("debian-installer/amd64/linux", "kernel " + salt);
        files.put("debian-installer/amd64/initrd.gz", "RAM disk");
        files.put("debian-installer/amd64/pxelinux.0", "pxelinux");
        files.put("debian-installer/amd64/bootnetx64.efi", "shim");
        files.put("debian-installer/amd64/grubx64.efi", "grub");
        files.put("debian-installer/amd64/grub/fdt.lst", "");
        files.put("debian-installer/amd64/boot-screens/ldlinux.c32", "library");
        files.put("debian-installer/amd64/boot-screens/syslinux.cfg", "default install");
        return files;
    }

    /** The links of the original tree: from where, and their text. */
    public static Map<String, String> netbootLinks() {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("pxelinux.cfg", "debian-installer/amd64/pxelinux.cfg");
        links.put("debian-installer/amd64/pxelinux.cfg/default", "../boot-screens/syslinux.cfg");
        links.put("pxelinux.0", "debian-installer/amd64/pxelinux.0");
        links.put("ldlinux.c32", "debian-installer/amd64/boot-screens/ldlinux.c32");
        return links;
    }

    public static void write(Path directory, Map<String, String> files, Map<String, String> links) {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = directory.resolve(file.getKey());
                Files.createDirectories(path.resolve("..").normalize());
                Files.writeString(path, file.getValue());
            }
            for (Map.Entry<String, String> link : links.entrySet()) {
                Path path = directory.resolve(link.getKey());
                Files.createDirectories(path.resolve("..").normalize());
                Files.createSymbolicLink(path, Path.of(link.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tar with entries as they are given, hostile ones too. */
    public static byte[] tar(Map<String, String> files, Map<String, String> links) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (Map.Entry<String, String> link : links.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(link.getKey(), TarArchiveEntry.LF_SYMLINK, true);
                entry.setLinkName(link.getValue());
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
