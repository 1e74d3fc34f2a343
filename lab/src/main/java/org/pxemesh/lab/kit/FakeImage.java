package org.pxemesh.lab.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.run.Shell;

/** A boot image (WIM) of fake files, captured by wimlib as the kits' own are by ImageX. */
public final class FakeImage {

    /** How a WIM's files are compressed; Microsoft's boot images are {@link #LZX}, or {@link #XPRESS} when made fast. */
    public enum Compression {
        LZX,
        XPRESS,
        NONE,
        /** What boot managers refuse. */
        LZMS
    }

    private final Map<String, byte[]> files = new TreeMap<>();

    /** Adds a file; {@code /} between names. */
    public FakeImage with(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /** Leaves a file out again. */
    public FakeImage without(String path) {
        files.remove(path);
        return this;
    }

    /**
     * Writes the WIM.
     *
     * @param architecture as WIMs number it: 0 x86, 9 x64, 12 ARM64
     * @param build of Windows, for example 22621
     */
    public Path capture(Path wim, Compression compression, int architecture, int build) {
        Path tree = null;
        try {
            tree = Files.createTempDirectory("pxemesh-image-");
            WindowsKits.write(tree, files);
            Files.createDirectories(wim.resolveSibling(""));
            Shell.run(Stream.concat(
                            Stream.of("wimlib-imagex", "capture", tree.toString(), wim.toString(), "WinPE", "--boot"),
                            List.of(
                                    "--compress=" + compression.name().toLowerCase(Locale.ROOT),
                                    "--no-acls",
                                    "--threads=1",
                                    "--image-property",
                                    "WINDOWS/ARCH=" + architecture,
                                    "--image-property",
                                    "WINDOWS/VERSION/BUILD=" + build)
                                    .stream())
                    .toArray(String[]::new));
            return wim;
        } catch (IOException e) {
            throw new LabException(wim + " cannot be made: " + e, e);
        } finally {
            delete(tree);
        }
    }

    private static void delete(@Nullable Path tree) {
        if (tree == null) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new LabException(tree + " cannot be removed: " + e, e);
        }
    }
}
