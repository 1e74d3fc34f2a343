package org.pxemesh.packageservice.build;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.packageservice.ImportConfig;
import org.pxemesh.packageservice.recognition.PackageFile;
import org.pxemesh.packageservice.recognition.Recognised;
import org.pxemesh.packageservice.recognition.Recogniser;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;
import org.pxemesh.packageservice.store.FileSink;

/** Makes a manifest of a source. */
@ApplicationScoped
class Assembler {

    /**
     * A manifest, not signed yet.
     *
     * @param secrets what boot clients could read of it
     */
    record Assembled(Manifest manifest, List<String> secrets) {}

    private final ImportConfig limits;
    private final Recogniser recogniser;

    Assembler(ImportConfig limits, Recogniser recogniser) {
        this.limits = limits;
        this.recogniser = recogniser;
    }

    /**
     * Reads, recognises and packs a source.
     *
     * @param directory of this build
     */
    Assembled assemble(ImportOrder order, Path directory, FileSink sink, Progress.Listener listener)
            throws IOException, ImportException {
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        listener.progressed(new Progress(Stage.READING, 0, order.source().expectedFiles(), 0, 0));
        Tree tree = Reader.read(order.source(), scratch, limits, listener);
        listener.progressed(new Progress(
                Stage.RECOGNISING, tree.paths().size(), tree.paths().size(), 0, 0));
        Recognised recognised = recogniser.recognise(tree, order.options(), scratch);
        if (!recognised.secrets().isEmpty() && !order.acceptSecrets()) {
            throw new ImportException("whoever boots this package could read secrets in it: "
                    + String.join("; ", recognised.secrets())
                    + ". Take them out, or import with --accept-secrets (REST: acceptSecrets), which is audited");
        }
        List<ManifestFile> files = new ArrayList<>();
        long total = recognised.files().stream().mapToLong(PackageFile::size).sum();
        Packing packing = new Packing(limits, recognised.files().size(), total, listener);
        for (PackageFile file : recognised.files()) {
            try (InputStream bytes = packing.counted(file.path(), file.content().open())) {
                ManifestFile packed = sink.add(file.path(), bytes);
                files.add(
                        new ManifestFile(file.path(), packed.size(), packed.sha256(), packed.chunks(), file.origin()));
            }
            packing.fileDone();
        }
        try {
            return new Assembled(
                    new Manifest(order.packageId(), files, recognised.boot(), recognised.notes()),
                    recognised.secrets());
        } catch (IllegalArgumentException e) {
            throw new ImportException(tree.describe() + " makes no package: " + e.getMessage());
        }
    }
}
