package org.pxemesh.content;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;

/** Small packages for tests. */
public final class TestManifests {

    private TestManifests() {}

    public static ManifestFile file(String path, String text, int chunkLength) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Chunker chunker = new Chunker(chunkLength);
        chunker.update(bytes, 0, bytes.length);
        return chunker.finish(path);
    }

    public static BootDescriptor boot(String nbp) {
        return new BootDescriptor(
                PackageKind.LINUX_NETBOOT,
                List.of(new LoaderState("bios", nbp, List.of(), null, null, List.of(), true)));
    }

    public static Manifest small() {
        return new Manifest(
                new PackageId("debian-12", "12.15"),
                List.of(
                        file("pxelinux.0", "loader", 4),
                        file("boot/linux", "the kernel's bytes", 5),
                        file("boot/empty.lst", "", 4)),
                new BootDescriptor(
                        PackageKind.LINUX_NETBOOT,
                        List.of(new LoaderState(
                                "bios",
                                "pxelinux.0",
                                List.of("boot/empty.lst"),
                                "boot/linux",
                                null,
                                List.of("vga=788", "---"),
                                true))));
    }

    /** A package of so many chunks of so many bytes, of which nobody has any. */
    public static Manifest ofChunks(int chunks, int length) {
        List<Chunk> listed = IntStream.range(0, chunks)
                .mapToObj(n -> new Chunk((long) n * length, length, new Sha256("%064x".formatted(n))))
                .toList();
        ManifestFile data = new ManifestFile("data", (long) chunks * length, new Sha256("f".repeat(64)), listed);
        return new Manifest(new PackageId("many", "1"), List.of(data), boot("data"));
    }

    /** A package of {@code chunks} chunks of one byte each, all different. */
    public static Manifest ofChunks(int chunks) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < chunks; i++) {
            text.append((char) ('!' + i % 90));
        }
        return new Manifest(new PackageId("many", "1"), List.of(file("data", text.toString(), 1)), boot("data"));
    }
}
