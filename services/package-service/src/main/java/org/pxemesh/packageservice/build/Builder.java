package org.pxemesh.packageservice.build;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestSignature;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.PackageState;
import org.pxemesh.packageservice.catalog.PackageDesk;
import org.pxemesh.packageservice.content.ContentUrls;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.store.FileSink;
import org.pxemesh.packageservice.store.Staging;

/**
 * Builds a package from start to end. The version becomes visible last, by its record; before that a failure leaves
 * nothing behind but content that no manifest names, which the next import of the same files finds and uses.
 */
@ApplicationScoped
class Builder {

    private final Assembler assembler;
    private final EventSigner signer;
    private final PackageDesk desk;
    private final ContentUrls urls;
    private final InstantSource clock;

    Builder(Assembler assembler, EventSigner signer, PackageDesk desk, ContentUrls urls, InstantSource clock) {
        this.assembler = assembler;
        this.signer = signer;
        this.desk = desk;
        this.urls = urls;
        this.clock = clock;
    }

    /** Builds and publishes; the staging directory is the caller's to remove. */
    BuildStatus build(ImportOrder order, Staging staging, BuildStatus status, Progress.Listener listener)
            throws IOException, ImportException {
        var assembled = assembler.assemble(order, staging.directory(), staging, listener);
        Manifest manifest = assembled.manifest();
        long bytes = new ChunkIndex(manifest).bytes();
        int files = manifest.files().size();
        listener.progressed(new Progress(Stage.PUBLISHING, files, files, bytes, bytes));

        byte[] encoded = manifest.toBytes();
        Sha256 digest = Sha256.of(encoded);
        staging.publish(encoded, ManifestSignature.sign(encoded, signer));
        desk.built(
                new PackageState(
                        manifest.id().name(),
                        manifest.id().version(),
                        1,
                        digest.hex(),
                        urls.manifest(digest).toString(),
                        bytes,
                        files,
                        manifest.boot(),
                        clock.instant()),
                order.actor(),
                assembled.secrets());
        return status.at(new Progress(Stage.DONE, files, files, bytes, bytes))
                .built(digest.hex(), manifest.notes(), assembled.secrets());
    }

    /** The digest of the manifest that an order would make; keeps nothing but scratch in {@code directory}. */
    Sha256 digest(ImportOrder order, Path directory) throws IOException, ImportException {
        var assembled = assembler.assemble(order, directory, FileSink.DESCRIBE, progress -> {});
        return Sha256.of(assembled.manifest().toBytes());
    }
}
