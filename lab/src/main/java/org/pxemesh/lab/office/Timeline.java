package org.pxemesh.lab.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.pxemesh.lab.hq.Api;

/** HQ's live events, printed as they come: one line each, with the seconds since the run began. */
public final class Timeline implements AutoCloseable {
    /** One event of the live stream. */
    public record Entry(double second, String type, JsonNode data) {}

    private static final Duration RECONNECT = Duration.ofMillis(300);

    private final PrintStream out;
    private final long began = System.nanoTime();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private String lastId = "";
    private volatile boolean closed;

    public Timeline(PrintStream out) {
        this.out = out;
    }

    /** Shows addresses and MACs by name. */
    public void name(String text, String name) {
        names.put(text, name);
    }

    /** A line of the run's own. */
    public void say(String line) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", seconds(), line);
    }

    public double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Follows the stream on a thread of its own, and picks it up again where it broke. */
    public void follow(URI console) {
        Thread.ofVirtual().name("timeline").start(() -> {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            while (!closed) {
                try {
                    read(client, console.resolve("/api/v1/events"));
                } catch (IOException e) {
                    if (!closed) {
                        say("live events broke off (" + e.getMessage() + "), asking again");
                    }
                } catch (InterruptedException e) {
                    return;
                }
                LockSupport.parkNanos(RECONNECT.toNanos());
            }
        });
    }

    private void read(HttpClient client, URI uri) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        try (var reader =
                new java.io.BufferedReader(new java.io.InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String line;
            while (!closed && (line = reader.readLine()) != null) {
                if (line.startsWith("id:")) {
                    lastId = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    take(Api.json().readTree(line.substring(5)));
                }
            }
        }
    }

    /** {@code org.pxemesh.package.build-failed.v1} as {@code PackageBuildFailed}, the word that people know. */
    static String recordName(String type) {
        return Arrays.stream(type.replaceFirst("^org\\.pxemesh\\.", "")
                        .replaceFirst("\\.v[0-9]+$", "")
                        .split("[.-]"))
                .map(word -> word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private void take(JsonNode event) {
        String type = recordName(event.path("type").asText());
        JsonNode data = event.path("data");
        synchronized (entries) {
            entries.add(new Entry(seconds(), type, data));
        }
        if (data.has("peerId") && names.containsKey(data.path("address").asText())) {
            name(data.path("peerId").asText(), names.get(data.path("address").asText()));
        }
        String line = Sentences.of(type, data);
        if (!line.isEmpty()) {
            for (Map.Entry<String, String> name : names.entrySet()) {
                line = line.replace(name.getKey(), name.getValue());
            }
            say(line);
        }
    }

    /** What has happened to a client so far, in order of arrival. */
    public List<Entry> ofClient(String mac) {
        synchronized (entries) {
            return entries.stream()
                    .filter(e -> e.data.path("boot").path("mac").asText().equals(mac))
                    .toList();
        }
    }

    /** What has happened after a second of the run, in order of arrival. */
    public List<Entry> since(double second) {
        synchronized (entries) {
            return entries.stream().filter(e -> e.second > second).toList();
        }
    }

    /** The first event of a type for a client. */
    public Entry await(String mac, String type, Duration atMost) {
        return org.pxemesh.lab.run.Until.found(
                type + " of " + names.getOrDefault(mac, mac),
                atMost,
                () -> ofClient(mac).stream().filter(e -> e.type.equals(type)).findFirst());
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
