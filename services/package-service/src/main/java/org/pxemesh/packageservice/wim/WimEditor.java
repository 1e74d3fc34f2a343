package org.pxemesh.packageservice.wim;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.tool.Tool;

/** Puts files into a copy of a WIM, always with the same bytes as the result. */
public final class WimEditor {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long MAX_SAID = 1 << 20;

    /** Stands for every time that wimlib would write. */
    private static final FileTime NO_TIME = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

    /** The same as a FILETIME: 100 ns since 1601. */
    private static final List<String> NO_FILETIME = List.of(
            "--image-property", "LASTMODIFICATIONTIME/HIGHPART=0x01BF53EB",
            "--image-property", "LASTMODIFICATIONTIME/LOWPART=0x256D4000");

    private WimEditor() {}

    /**
     * Adds a folder's files to the image that boots.
     *
     * @param wim is changed
     * @param index of the image
     * @param folder flat; its times are changed
     * @param into folder in the image; what it has there stays unless it has the same name
     */
    public static void add(Tool wimlib, Path wim, int index, Path folder, String into)
            throws IOException, ImportException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : Stream.concat(files, Stream.of(folder)).toList()) {
                Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(NO_TIME, NO_TIME, null);
            }
        }
        run(
                wimlib,
                Stream.of(
                        "update",
                        wim.toString(),
                        String.valueOf(index),
                        "--no-acls",
                        "--command=add \"" + folder + "\" " + into));
        run(wimlib, Stream.concat(Stream.of("info", wim.toString(), String.valueOf(index)), NO_FILETIME.stream()));
    }

    private static void run(Tool wimlib, Stream<String> arguments) throws IOException, ImportException {
        Tool.Ended ended = wimlib.run(
                "boot images are changed by",
                arguments.toList(),
                PATIENCE,
                MAX_SAID,
                said -> said.transferTo(OutputStream.nullOutputStream()));
        if (!ended.well()) {
            throw new ImportException("files could not be put into the boot image: " + wimlib.name() + " ended with "
                    + ended.exit() + ": " + ended.complaint());
        }
    }
}
