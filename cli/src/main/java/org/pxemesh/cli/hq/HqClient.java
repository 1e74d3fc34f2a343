package org.pxemesh.cli.hq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks HQ. One address is enough: the console forwards what belongs to the other services. */
public final class HqClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param base for example {@code http://localhost:8080} */
    public HqClient(URI base) {
        this.base = base;
    }

    public URI base() {
        return base;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** Parameters without a value are left out. */
    public Answer get(String path, Map<String, ? extends @Nullable Object> query) {
        String encoded = query.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "=" + encode(String.valueOf(entry.getValue())))
                .collect(Collectors.joining("&"));
        return get(encoded.isEmpty() ? path : path + "?" + encoded);
    }

    public Answer post(String path, JsonNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    /** An act on a revision that was seen. */
    public Answer post(String path, Optional<String> etag) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.noBody());
        etag.ifPresent(tag -> request.header("If-Match", tag));
        return send(request);
    }

    /** Deletes the revision that was seen. */
    public Answer delete(String path, Optional<String> etag) {
        HttpRequest.Builder request = request(path).DELETE();
        etag.ifPresent(tag -> request.header("If-Match", tag));
        return send(request);
    }

    /** Sends a form with a file; takes as long as the line needs. */
    public Answer upload(String path, MultipartForm form) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", form.contentType())
                .POST(form.body()));
    }

    /** One part of a path, whatever characters it has. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    }

    private Answer send(HttpRequest.Builder request) {
        HttpRequest built = request.header("Accept", "application/json, application/problem+json")
                .build();
        HttpResponse<String> response;
        try {
            response = http.send(built, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new HqException(
                    "HQ does not answer at " + base + " (" + e.getClass().getSimpleName()
                            + "): is it up, and is --hq right? 'pxemesh doctor' looks closer",
                    HqException.UNREACHABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HqException("interrupted", HqException.UNREACHABLE);
        }
        JsonNode body = read(response);
        if (response.statusCode() >= 400) {
            throw HqException.of(response.statusCode(), body);
        }
        return new Answer(
                response.statusCode(),
                body,
                response.headers().firstValue("ETag"),
                response.headers().firstValue("Location").map(URI::create).map(URI::getRawPath));
    }

    private static JsonNode read(HttpResponse<String> response) {
        if (response.body().isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new HqException(
                    response.uri() + " answered " + response.statusCode()
                            + " with something that is not JSON: is this PXE Mesh's HQ?",
                    HqException.REFUSED);
        }
    }
}
