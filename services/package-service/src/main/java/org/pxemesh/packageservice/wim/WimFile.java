package org.pxemesh.packageservice.wim;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pxemesh.content.FilePaths;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.tool.Tool;

/**
 * One image of a WIM on the disk. Only files that are asked for by names of ours leave it, and they leave it as bytes on
 * a pipe: no name of the WIM's ever becomes a path of this machine.
 */
public final class WimFile {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Lines of a folder's listing; WinSxS of a Windows PE has some 10 MB of them. */
    private static final long MAX_LISTING = 64L << 20;

    /** {@code WIMLIB_ERR_PATH_DOES_NOT_EXIST} of wimlib.h. */
    private static final int PATH_DOES_NOT_EXIST = 49;

    /** {@code WIMLIB_ERR_NOT_A_REGULAR_FILE} of wimlib.h. */
    private static final int NOT_A_REGULAR_FILE = 42;

    /** Names of a listing that are kept. */
    private static final int MAX_KEPT = 20_000;

    private final Tool wimlib;
    private final Path file;
    private final String name;
    private final WimHeader header;
    private final WimImage image;

    private WimFile(Tool wimlib, Path file, String name, WimHeader header, WimImage image) {
        this.wimlib = wimlib;
        this.file = file;
        this.name = name;
        this.header = header;
        this.image = image;
    }

    /**
     * Opens the image that boots, or else the first.
     *
     * @param name for messages
     * @throws ImportException if it is damaged, or nothing that a boot manager can read
     */
    public static WimFile open(Tool wimlib, Path file, String name) throws IOException, ImportException {
        WimHeader header = WimHeader.read(file, name);
        if (header.lzms()) {
            throw new ImportException(
                    name + " is compressed by LZMS, alone or solid as in ESD files, which Windows' boot"
                            + " manager refuses (0xc00000bb): make it anew by"
                            + " 'wimlib-imagex export " + name + " all boot.wim --compress=LZX --boot'");
        }
        int index = Math.max(1, header.bootImage());
        return new WimFile(wimlib, file, name, header, WimImage.find(header.xml(), index, name));
    }

    /** What it says of itself. */
    public WimImage image() {
        return image;
    }

    /** Whether an image is marked as the one that boots. */
    public boolean bootable() {
        return header.bootImage() > 0;
    }

    public String name() {
        return name;
    }

    public Path file() {
        return file;
    }

    /**
     * Files under a folder, as the image spells them, by their folded path; none when the folder is not there.
     *
     * @param folder begins with {@code /}
     * @param wanted which to keep, by folded path
     */
    public Map<String, String> list(String folder, Predicate<String> wanted) throws IOException, ImportException {
        Map<String, String> found = new TreeMap<>();
        Tool.Ended ended = run(List.of("dir", file.toString(), index(), "--path=" + folder), MAX_LISTING, printed -> {
            BufferedReader lines = new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8), 1 << 16);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String folded = FilePaths.fold(line);
                if (wanted.test(folded)) {
                    found.putIfAbsent(folded, line);
                }
            }
        });
        if (ended.exit() == PATH_DOES_NOT_EXIST) {
            return Map.of();
        }
        require(ended, "list " + folder);
        return found;
    }

    /**
     * Copies one file out, into a file that is there already.
     *
     * @param path in the image, in any case, without wildcards
     * @param maxBytes that it may have
     * @throws ImportException if it is not there, is a link or folder, or is longer
     */
    public void copy(String path, Path into, long maxBytes) throws IOException, ImportException {
        Tool.Ended ended = run(
                List.of("extract", file.toString(), index(), path, "--to-stdout", "--no-acls", "--nullglob"),
                maxBytes,
                printed -> {
                    try (var out = Files.newOutputStream(into)) {
                        printed.transferTo(out);
                    }
                });
        if (ended.exit() == NOT_A_REGULAR_FILE) {
            throw new ImportException(name + ":" + path + " is a link or a folder, not a file");
        }
        require(ended, "read " + path);
    }

    /** The bytes of a small file. */
    public byte[] bytes(String path, int maxBytes) throws IOException, ImportException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        require(
                run(
                        List.of("extract", file.toString(), index(), path, "--to-stdout", "--no-acls", "--nullglob"),
                        maxBytes,
                        printed -> printed.transferTo(bytes)),
                "read " + path);
        return bytes.toByteArray();
    }

    private Tool.Ended run(List<String> arguments, long maxBytes, Tool.Output output)
            throws IOException, ImportException {
        return wimlib.run("boot images are read by", arguments, PATIENCE, maxBytes, output);
    }

    private String index() {
        return String.valueOf(image.index());
    }

    private void require(Tool.Ended ended, String act) throws ImportException {
        if (!ended.well()) {
            throw new ImportException(name + " is damaged: " + wimlib.name() + " could not " + act + " (exit "
                    + ended.exit() + ": " + ended.complaint() + ")");
        }
    }
}
