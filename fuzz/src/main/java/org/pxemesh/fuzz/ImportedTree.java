package org.pxemesh.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.pxemesh.content.FilePaths;
import org.pxemesh.packageservice.ImportConfig;
import org.pxemesh.packageservice.recognition.ImportOptions;
import org.pxemesh.packageservice.recognition.Ipxe;
import org.pxemesh.packageservice.recognition.Recogniser;
import org.pxemesh.packageservice.recognition.Wimboot;
import org.pxemesh.packageservice.revocation.Revocations;
import org.pxemesh.packageservice.secret.TreeSecrets;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;
import org.pxemesh.packageservice.tool.Tools;

/** An unpacked tree: names that say what a package boots, and files that are looked into. */
final class ImportedTree {

    private static final int MOST_FILES = 12;
    private static final List<Path> FILES = IntStream.range(0, MOST_FILES)
            .mapToObj(n -> ImportedFile.make(".tree"))
            .toList();
    private static final Path SCRATCH = scratch();

    /** Every program and file that a setting can name is nowhere. */
    private static final ImportConfig NOTHING_AT_HAND = (ImportConfig) Proxy.newProxyInstance(
            ImportConfig.class.getClassLoader(),
            new Class<?>[] {ImportConfig.class},
            (proxy, method, arguments) -> Optional.of(Path.of("/nowhere/" + method.getName())));

    private static final Recogniser RECOGNISER = new Recogniser(
            new Ipxe(NOTHING_AT_HAND),
            new Wimboot(NOTHING_AT_HAND),
            new Tools(NOTHING_AT_HAND),
            new Revocations(List.of()));

    private ImportedTree() {}

    private static Path scratch() {
        try {
            Path folder = Files.createTempDirectory("pxemesh-fuzz-");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder can be made", e);
        }
    }

    /** Of each file: an octet with its name's length, the name, two octets with its own length, its bytes. */
    static synchronized Object of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Map<String, Tree.OnDisk> files = new TreeMap<>();
        try {
            while (in.remaining() > 3 && files.size() < MOST_FILES) {
                String path = new String(part(in, in.get() & 0xff), StandardCharsets.UTF_8);
                byte[] content = part(in, in.remaining() < 2 ? 0 : in.getShort() & 0xffff);
                // No source gives names that were not looked at.
                if (FilePaths.problem(path).isEmpty() && !files.containsKey(path)) {
                    Path file = FILES.get(files.size());
                    Files.write(file, content);
                    files.put(path, new Tree.OnDisk(file, content.length));
                }
            }
            Tree tree = new Tree("a tree", files);
            return TreeSecrets.find(tree, tree.paths())
                    + RECOGNISER
                            .recognise(tree, ImportOptions.NONE, SCRATCH)
                            .boot()
                            .toString();
        } catch (ImportException refused) {
            return "refused: " + refused.getMessage();
        } catch (IOException e) {
            throw new UncheckedIOException("a file that is there cannot be read", e);
        }
    }

    private static byte[] part(ByteBuffer in, int length) {
        byte[] part = new byte[Math.min(length, in.remaining())];
        in.get(part);
        return part;
    }
}
