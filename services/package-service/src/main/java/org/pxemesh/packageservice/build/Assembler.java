package org.pxemesh.packageservice.build;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.packageservice.ImportConfig;
import org.pxemesh.packageservice.recognition.Ipxe;
import org.pxemesh.packageservice.recognition.LinuxNetboot;
import org.pxemesh.packageservice.recognition.Recognised;
import org.pxemesh.packageservice.recognition.Recogniser;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.PackageSource;
import org.pxemesh.packageservice.store.FileSink;

/** Makes a manifest of a source. */
@ApplicationScoped
class Assembler {

    /**
     * A manifest, not signed yet.
     *
     * @param warnings what the package cannot do
     */
    record Assembled(Manifest manifest, List<String> warnings) {}

    private final ImportConfig limits;
    private final Recogniser recogniser;
    private final Ipxe ipxe;

    Assembler(ImportConfig limits, Recogniser recogniser, Ipxe ipxe) {
        this.limits = limits;
        this.recogniser = recogniser;
        this.ipxe = ipxe;
    }

    Assembled assemble(PackageId id, PackageSource source, FileSink sink, Progress.Listener listener)
            throws IOException, ImportException {
        Map<String, ManifestFile> named = new TreeMap<>(Reader.read(source, sink, limits, listener));
        long bytes = named.values().stream().mapToLong(ManifestFile::size).sum();
        listener.progressed(new Progress(Stage.RECOGNISING, named.size(), named.size(), bytes, bytes));
        Recognised recognised = recogniser.recognise(named.keySet());
        if (recognised.needsIpxe()) {
            named.put(LinuxNetboot.IPXE, addIpxe(sink));
        }
        List<ManifestFile> files = named.entrySet().stream()
                .map(entry -> new ManifestFile(
                        entry.getKey(),
                        entry.getValue().size(),
                        entry.getValue().sha256(),
                        entry.getValue().chunks()))
                .toList();
        try {
            return new Assembled(new Manifest(id, files, recognised.boot()), recognised.warnings());
        } catch (IllegalArgumentException e) {
            throw new ImportException(source.describe() + " makes no package: " + e.getMessage());
        }
    }

    private ManifestFile addIpxe(FileSink sink) throws IOException, ImportException {
        Path file = ipxe.find()
                .orElseThrow(() -> new ImportException(
                        "iPXE's snponly.efi went away during the build; looked in " + ipxe.places()));
        try (InputStream bytes = Files.newInputStream(file)) {
            return sink.add(LinuxNetboot.IPXE, bytes);
        }
    }
}
