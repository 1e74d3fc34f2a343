package org.pxemesh.content;

import static org.pxemesh.content.ManifestJson.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.WindowsBoot;

/**
 * Reads a manifest as a stream, so that memory is bounded by what is kept and not by what hostile JSON expands to. Each
 * error carries the place where it was found.
 */
final class ManifestReader {

    /** Raised only when old readers must not read on; new fields that they may skip do not raise it. */
    static final int FORMAT = 1;

    private final ManifestJson json;
    private int chunksRead;

    private ManifestReader(ManifestJson json) {
        this.json = json;
    }

    static Manifest read(byte[] bytes) throws ManifestException {
        if (bytes.length > Manifest.MAX_ENCODED_LENGTH) {
            throw new ManifestException(
                    "the manifest has " + bytes.length + " bytes, allowed are " + Manifest.MAX_ENCODED_LENGTH);
        }
        try (ManifestJson json = new ManifestJson(bytes)) {
            Manifest manifest = new ManifestReader(json).manifest();
            json.end();
            return manifest;
        } catch (JsonProcessingException e) {
            throw new ManifestException(
                    "the manifest is not JSON within our limits: " + e.getOriginalMessage() + " (byte "
                            + (e.getLocation() == null ? "?" : e.getLocation().getByteOffset()) + ")");
        } catch (IOException e) {
            // An array gives every byte: Jackson took these for UTF-16 or UTF-32, and they are neither.
            throw new ManifestException("the manifest is not UTF-8: " + e.getMessage());
        }
    }

    private Manifest manifest() throws IOException, ManifestException {
        var read = new Object() {
            boolean format;

            @Nullable
            String name;

            @Nullable
            String version;

            @Nullable
            List<ManifestFile> files;

            @Nullable
            BootDescriptor boot;

            PackageNotes notes = PackageNotes.NONE;
        };
        json.object("the manifest", field -> {
            switch (field) {
                case "format" -> {
                    requireKnown(json.number(field));
                    read.format = true;
                }
                case "name" -> read.name = json.text(field);
                case "version" -> read.version = json.text(field);
                case "files" -> read.files = json.list(field, Manifest.MAX_FILES, this::file);
                case "boot" -> read.boot = boot(field);
                case "notes" -> read.notes = notes(field);
                default -> json.skip();
            }
        });
        require(read.format ? Boolean.TRUE : null, "format");
        String name = require(read.name, "name");
        String version = require(read.version, "version");
        List<ManifestFile> files = require(read.files, "files");
        BootDescriptor boot = require(read.boot, "boot");
        return valid("manifest: ", () -> new Manifest(new PackageId(name, version), files, boot, read.notes));
    }

    private ManifestFile file(String place) throws IOException, ManifestException {
        var read = new Object() {
            String where = place;

            @Nullable
            String path;

            @Nullable
            Long size;

            @Nullable
            Sha256 sha256;

            @Nullable
            List<Chunk> chunks;

            @Nullable
            String origin;
        };
        json.object(place, field -> {
            switch (field) {
                case "path" -> {
                    read.path = json.text(read.where + ".path");
                    read.where = place + " (" + printable(read.path) + ")";
                }
                case "size" -> read.size = json.number(read.where + ".size");
                case "sha256" -> read.sha256 = json.digest(read.where + ".sha256");
                case "origin" -> read.origin = json.text(read.where + ".origin");
                case "chunks" -> read.chunks = json.list(read.where + ".chunks", Manifest.MAX_CHUNKS, this::chunk);
                default -> json.skip();
            }
        });
        String path = require(read.path, read.where + ".path");
        long size = require(read.size, read.where + ".size");
        Sha256 sha256 = require(read.sha256, read.where + ".sha256");
        List<Chunk> chunks = require(read.chunks, read.where + ".chunks");
        return valid(read.where + ": ", () -> new ManifestFile(path, size, sha256, chunks, read.origin));
    }

    private Chunk chunk(String where) throws IOException, ManifestException {
        if (chunksRead++ == Manifest.MAX_CHUNKS) {
            throw new ManifestException(where + ": the manifest has more than " + Manifest.MAX_CHUNKS + " chunks");
        }
        var read = new Object() {
            @Nullable
            Long offset;

            @Nullable
            Long length;

            @Nullable
            Sha256 sha256;
        };
        json.object(where, field -> {
            switch (field) {
                case "offset" -> read.offset = json.number(where + ".offset");
                case "length" -> read.length = json.number(where + ".length");
                case "sha256" -> read.sha256 = json.digest(where + ".sha256");
                default -> json.skip();
            }
        });
        long offset = require(read.offset, where + ".offset");
        int length = (int) Math.clamp(require(read.length, where + ".length"), -1L, Integer.MAX_VALUE);
        Sha256 sha256 = require(read.sha256, where + ".sha256");
        return valid(where + ".", () -> new Chunk(offset, length, sha256));
    }

    private PackageNotes notes(String where) throws IOException, ManifestException {
        var read = new Object() {
            List<String> warnings = List.of();
            List<String> absent = List.of();
        };
        json.objectField(where, field -> {
            switch (field) {
                case "warnings" -> read.warnings = json.texts(where + ".warnings", PackageNotes.MAX_NOTES);
                case "absent" -> read.absent = json.texts(where + ".absent", PackageNotes.MAX_NOTES);
                default -> json.skip();
            }
        });
        return new PackageNotes(read.warnings, read.absent);
    }

    private BootDescriptor boot(String where) throws IOException, ManifestException {
        var read = new Object() {
            @Nullable
            String kind;

            @Nullable
            List<LoaderState> loaders;
        };
        json.objectField(where, field -> {
            switch (field) {
                case "kind" -> read.kind = json.text(where + ".kind");
                case "loaders" -> read.loaders = json.list(where + ".loaders", BootPaths.MAX_LOADERS, this::loader);
                default -> json.skip();
            }
        });
        String kind = require(read.kind, where + ".kind");
        List<LoaderState> loaders = require(read.loaders, where + ".loaders");
        return valid(where + ": ", () -> new BootDescriptor(PackageKind.valueOf(kind), loaders));
    }

    private LoaderState loader(String where) throws IOException, ManifestException {
        var read = new Object() {
            @Nullable
            String architecture;

            @Nullable
            String nbp;

            List<String> next = List.of();

            @Nullable
            String kernel;

            @Nullable
            String initrd;

            List<String> arguments = List.of();
            boolean canPrompt;

            @Nullable
            WindowsBoot windows;
        };
        json.object(where, field -> {
            String place = where + "." + field;
            switch (field) {
                case "architecture" -> read.architecture = json.text(place);
                case "nbp" -> read.nbp = json.text(place);
                case "next" -> read.next = json.texts(place, BootPaths.MAX_TEXTS);
                case "kernel" -> read.kernel = json.text(place);
                case "initrd" -> read.initrd = json.text(place);
                case "arguments" -> read.arguments = json.texts(place, BootPaths.MAX_TEXTS);
                case "canPrompt" -> read.canPrompt = json.truth(place);
                case "windows" -> read.windows = WindowsBootJson.read(json, place);
                default -> json.skip();
            }
        });
        return new LoaderState(
                require(read.architecture, where + ".architecture"),
                require(read.nbp, where + ".nbp"),
                read.next,
                read.kernel,
                read.initrd,
                read.arguments,
                read.canPrompt,
                read.windows);
    }

    /** The records check themselves; here their complaint gets its place. */
    static <T> T valid(String where, Supplier<T> made) throws ManifestException {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ManifestException(where + e.getMessage());
        }
    }

    private static void requireKnown(long format) throws ManifestException {
        if (format != FORMAT) {
            throw new ManifestException(
                    "format is " + format + ", but only format " + FORMAT + " is known here: update this program");
        }
    }

    private static String printable(String path) {
        String shown = path.length() <= 80 ? path : path.substring(0, 80) + "...";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
