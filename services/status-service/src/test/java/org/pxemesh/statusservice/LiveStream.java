package org.pxemesh.statusservice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens to server-sent events and keeps every line. */
final class LiveStream implements AutoCloseable {

    private final InputStream body;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    LiveStream(URI server, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<InputStream> response =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + response.statusCode() + " "
                        + new String(response.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
            this.body = response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    /** The data of all events so far. */
    List<String> data() {
        return field("data:");
    }

    /** The ids of all events so far. */
    List<Long> ids() {
        return field("id:").stream().map(String::strip).map(Long::valueOf).toList();
    }

    List<String> names() {
        return field("event:");
    }

    List<String> comments() {
        return field(":");
    }

    private List<String> field(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .toList();
    }

    private void listen() {
        try (var reader = new java.io.BufferedReader(
                new java.io.InputStreamReader(body, java.nio.charset.StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // Closed by the test.
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
