package org.pxemesh.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;

/** The manifest's one encoding: fields in this order, files by path, no white space, UTF-8. */
final class ManifestWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private ManifestWriter() {}

    static byte[] write(Manifest manifest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("format", ManifestReader.FORMAT);
            json.writeStringField("name", manifest.id().name());
            json.writeStringField("version", manifest.id().version());
            json.writeArrayFieldStart("files");
            for (ManifestFile file : manifest.files()) {
                write(file, json);
            }
            json.writeEndArray();
            write(manifest.boot(), json);
            if (!manifest.notes().equals(PackageNotes.NONE)) {
                json.writeObjectFieldStart("notes");
                write("warnings", manifest.notes().warnings(), json);
                write("absent", manifest.notes().absent(), json);
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory refuses no byte", e);
        }
        return out.toByteArray();
    }

    private static void write(ManifestFile file, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", file.path());
        json.writeNumberField("size", file.size());
        json.writeStringField("sha256", file.sha256().hex());
        if (file.origin() != null) {
            json.writeStringField("origin", file.origin());
        }
        json.writeArrayFieldStart("chunks");
        for (Chunk chunk : file.chunks()) {
            json.writeStartObject();
            json.writeNumberField("offset", chunk.offset());
            json.writeNumberField("length", chunk.length());
            json.writeStringField("sha256", chunk.sha256().hex());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(BootDescriptor boot, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("boot");
        json.writeStringField("kind", boot.kind().name());
        json.writeArrayFieldStart("loaders");
        for (LoaderState loader : boot.loaders()) {
            json.writeStartObject();
            json.writeStringField("architecture", loader.architecture());
            json.writeStringField("nbp", loader.nbp());
            write("next", loader.next(), json);
            if (loader.kernel() != null) {
                json.writeStringField("kernel", loader.kernel());
            }
            if (loader.initrd() != null) {
                json.writeStringField("initrd", loader.initrd());
            }
            write("arguments", loader.arguments(), json);
            json.writeBooleanField("canPrompt", loader.canPrompt());
            if (loader.windows() != null) {
                WindowsBootJson.write(loader.windows(), json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void write(String field, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
