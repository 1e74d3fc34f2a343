package org.pxemesh.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Typed steps through a manifest's JSON; each takes the name of the place that it reads, for its error. */
final class ManifestJson implements AutoCloseable {

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

    ManifestJson(byte[] bytes) throws IOException {
        json = JSON.createParser(bytes);
    }

    /** Reads one element of a list or one object; the parser stands on its first token. */
    interface Element<T> {
        T read(String where) throws IOException, ManifestException;
    }

    /** Reads the value of one field; it must skip names that it does not know. */
    interface Field {
        void read(String name) throws IOException, ManifestException;
    }

    void object(String where, Field field) throws IOException, ManifestException {
        expect(json.hasCurrentToken() ? json.currentToken() : json.nextToken(), JsonToken.START_OBJECT, where);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            field.read(json.currentName());
        }
    }

    void objectField(String where, Field field) throws IOException, ManifestException {
        json.nextToken();
        object(where, field);
    }

    <T> List<T> list(String where, int atMost, Element<T> element) throws IOException, ManifestException {
        expect(json.nextToken(), JsonToken.START_ARRAY, where);
        List<T> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (elements.size() == atMost) {
                throw new ManifestException(where + " has more than " + atMost + " entries");
            }
            elements.add(element.read(where + "[" + elements.size() + "]"));
        }
        return elements;
    }

    List<String> texts(String where, int atMost) throws IOException, ManifestException {
        return list(where, atMost, place -> {
            expect(json.currentToken(), JsonToken.VALUE_STRING, place);
            return json.getText();
        });
    }

    String text(String where) throws IOException, ManifestException {
        expect(json.nextToken(), JsonToken.VALUE_STRING, where);
        return json.getText();
    }

    long number(String where) throws IOException, ManifestException {
        expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT, where);
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new ManifestException(where + " is too large: " + json.getText());
        }
        return json.getLongValue();
    }

    boolean truth(String where) throws IOException, ManifestException {
        JsonToken token = json.nextToken();
        if (token != JsonToken.VALUE_TRUE) {
            expect(token, JsonToken.VALUE_FALSE, where);
        }
        return token == JsonToken.VALUE_TRUE;
    }

    Sha256 digest(String where) throws IOException, ManifestException {
        String hex = text(where);
        try {
            return new Sha256(hex);
        } catch (IllegalArgumentException e) {
            throw new ManifestException(where + ": " + e.getMessage());
        }
    }

    void skip() throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    void end() throws IOException, ManifestException {
        if (json.nextToken() != null) {
            throw new ManifestException("the manifest goes on after its end");
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    static <T> T require(@Nullable T value, String where) throws ManifestException {
        if (value == null) {
            throw new ManifestException(where + " is missing");
        }
        return value;
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
}
