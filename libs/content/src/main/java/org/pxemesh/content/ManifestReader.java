package org.pxemesh.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest as a stream, so that memory is bounded by what is kept and not by what hostile JSON expands to. Each
 * error carries the place where it was found.
 */
final class ManifestReader {

    /** Raised only when old readers must not read on; new fields that they may skip do not raise it. */
    static final int FORMAT = 1;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(Manifest.MAX_ENCODED_LENGTH)
                    .maxNestingDepth(16)
                    .maxStringLength(8192)
                    .maxNameLength(64)
                    .maxNumberLength(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser json;
    private int chunksRead;

    private ManifestReader(JsonParser json) {
        this.json = json;
    }

    static Manifest read(byte[] bytes) throws ManifestException {
        if (bytes.length > Manifest.MAX_ENCODED_LENGTH) {
            throw new ManifestException(
                    "the manifest has " + bytes.length + " bytes, allowed are " + Manifest.MAX_ENCODED_LENGTH);
        }
        try (JsonParser json = JSON.createParser(bytes)) {
            Manifest manifest = new ManifestReader(json).manifest();
            if (json.nextToken() != null) {
                throw new ManifestException("the manifest goes on after its end");
            }
            return manifest;
        } catch (JsonProcessingException e) {
            throw new ManifestException(
                    "the manifest is not JSON within our limits: " + e.getOriginalMessage() + " (byte "
                            + (e.getLocation() == null ? "?" : e.getLocation().getByteOffset()) + ")");
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory gives every byte", e);
        }
    }

    private Manifest manifest() throws IOException, ManifestException {
        expect(json.nextToken(), JsonToken.START_OBJECT, "the manifest");
        Integer format = null;
        String name = null;
        String version = null;
        List<ManifestFile> files = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "format" -> format = (int) number("format");
                case "name" -> name = text("name");
                case "version" -> version = text("version");
                case "files" -> files = files();
                default -> skip();
            }
            if (format != null && format != FORMAT) {
                throw new ManifestException(
                        "format is " + format + ", but only format " + FORMAT + " is known here: update this program");
            }
        }
        require(format, "format");
        try {
            return new Manifest(
                    new PackageId(require(name, "name"), require(version, "version")), require(files, "files"));
        } catch (IllegalArgumentException e) {
            throw new ManifestException("manifest: " + e.getMessage());
        }
    }

    private List<ManifestFile> files() throws IOException, ManifestException {
        expect(json.nextToken(), JsonToken.START_ARRAY, "files");
        List<ManifestFile> files = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String where = "files[" + files.size() + "]";
            if (files.size() == Manifest.MAX_FILES) {
                throw new ManifestException("files has more than " + Manifest.MAX_FILES + " entries");
            }
            files.add(file(where));
        }
        return files;
    }

    private ManifestFile file(String place) throws IOException, ManifestException {
        expect(json.currentToken(), JsonToken.START_OBJECT, place);
        String where = place;
        String path = null;
        Long size = null;
        Sha256 sha256 = null;
        List<Chunk> chunks = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "path" -> {
                    path = text(where + ".path");
                    where = place + " (" + printable(path) + ")";
                }
                case "size" -> size = number(where + ".size");
                case "sha256" -> sha256 = digest(where + ".sha256");
                case "chunks" -> chunks = chunks(where + ".chunks");
                default -> skip();
            }
        }
        try {
            return new ManifestFile(
                    require(path, where + ".path"),
                    require(size, where + ".size"),
                    require(sha256, where + ".sha256"),
                    require(chunks, where + ".chunks"));
        } catch (IllegalArgumentException e) {
            throw new ManifestException(where + ": " + e.getMessage());
        }
    }

    private List<Chunk> chunks(String where) throws IOException, ManifestException {
        expect(json.nextToken(), JsonToken.START_ARRAY, where);
        List<Chunk> chunks = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (chunksRead++ == Manifest.MAX_CHUNKS) {
                throw new ManifestException(where + ": the manifest has more than " + Manifest.MAX_CHUNKS + " chunks");
            }
            chunks.add(chunk(where + "[" + chunks.size() + "]"));
        }
        return chunks;
    }

    private Chunk chunk(String where) throws IOException, ManifestException {
        expect(json.currentToken(), JsonToken.START_OBJECT, where);
        Long offset = null;
        Long length = null;
        Sha256 sha256 = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "offset" -> offset = number(where + ".offset");
                case "length" -> length = number(where + ".length");
                case "sha256" -> sha256 = digest(where + ".sha256");
                default -> skip();
            }
        }
        long bytes = require(length, where + ".length");
        try {
            return new Chunk(
                    require(offset, where + ".offset"),
                    (int) Math.clamp(bytes, Integer.MIN_VALUE, Integer.MAX_VALUE),
                    require(sha256, where + ".sha256"));
        } catch (IllegalArgumentException e) {
            throw new ManifestException(where + "." + e.getMessage());
        }
    }

    private Sha256 digest(String where) throws IOException, ManifestException {
        String hex = text(where);
        try {
            return new Sha256(hex);
        } catch (IllegalArgumentException e) {
            throw new ManifestException(where + ": " + e.getMessage());
        }
    }

    private String text(String where) throws IOException, ManifestException {
        expect(json.nextToken(), JsonToken.VALUE_STRING, where);
        return json.getText();
    }

    private long number(String where) throws IOException, ManifestException {
        expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT, where);
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new ManifestException(where + " is too large: " + json.getText());
        }
        return json.getLongValue();
    }

    private void skip() throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    private static void expect(@Nullable JsonToken token, JsonToken wanted, String where) throws ManifestException {
        if (token != wanted) {
            throw new ManifestException(where + " must be " + nameOf(wanted) + ", not " + nameOf(token));
        }
    }

    private static String nameOf(@Nullable JsonToken token) {
        return switch (token) {
            case null -> "the end of the text";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a fraction";
            case VALUE_NULL -> "null";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> token.name();
        };
    }

    private static <T> T require(@Nullable T value, String where) throws ManifestException {
        if (value == null) {
            throw new ManifestException(where + " is missing");
        }
        return value;
    }

    private static String printable(String path) {
        String shown = path.length() <= 80 ? path : path.substring(0, 80) + "...";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
