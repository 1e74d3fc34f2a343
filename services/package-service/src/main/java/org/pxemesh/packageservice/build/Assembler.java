package org.pxemesh.packageservice.build;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.Sha256;
import org.pxemesh.packageservice.ImportConfig;
import org.pxemesh.packageservice.recognition.PackageFile;
import org.pxemesh.packageservice.recognition.Recognised;
import org.pxemesh.packageservice.recognition.Recogniser;
import org.pxemesh.packageservice.revocation.Revocations;
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
    private final Revocations revocations;

    Assembler(ImportConfig limits, Recogniser recogniser, Revocations revocations) {
        this.limits = limits;
        this.recogniser = recogniser;
        this.revocations = revocations;
    }

    /**
     * Reads, recognises and packs a source.
     *
     * @param directory of this build
     */
    Assembled assemble(ImportOrder order, Path directory, FileSink sink, Progress.Listener listener)
            throws IOException, ImportException {
        Revocations.Check check = revocations.now();
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
                refuseRevoked(file, packed.sha256(), check, scratch);
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

    /** A revoked boot manager opens what Secure Boot and BitLocker keep shut, on every machine that trusts its signature (Q112). */
    private static void refuseRevoked(PackageFile file, Sha256 digest, Revocations.Check check, Path scratch)
            throws IOException, ImportException {
        if (check.isEmpty()) {
            return;
        }
        Path copy = Files.createTempFile(scratch, "program-", "");
        try (InputStream in = file.content().open()) {
            if (in.read() == 'M' && in.read() == 'Z') {
                try (InputStream whole = file.content().open()) {
                    Files.copy(whole, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Optional<String> why = check.why(digest, copy);
            if (why.isPresent()) {
                throw new ImportException((file.origin() == null ? file.path() : file.origin()) + " " + why.get()
                        + " (pxemesh.import.revoked): take a newer one, from an update of what it came with");
            }
        } finally {
            Files.delete(copy);
        }
    }
}
