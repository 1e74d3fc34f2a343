package org.pxemesh.lab.reference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A plain web server over a folder, that notes which check-ins it saw. */
public final class BootWeb implements AutoCloseable {
    private final HttpServer server;
    private final Path root;
    private final List<String> checkIns = new CopyOnWriteArrayList<>();

    private BootWeb(HttpServer server, Path root) {
        this.server = server;
        this.root = root;
    }

    /** Listens on an address of the root namespace, on a port that is free. */
    public static BootWeb start(String address, Path root) throws IOException {
        BootWeb web = new BootWeb(HttpServer.create(new InetSocketAddress(address, 0), 16), root);
        web.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.server.createContext("/", web::answer);
        web.server.start();
        return web;
    }

    /** {@code http://ADDRESS:PORT}. */
    public String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** Paths under {@code /checkin/} that were asked for. */
    public List<String> checkIns() {
        return List.copyOf(checkIns);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/checkin/")) {
                checkIns.add(path);
                byte[] preseed = "#_preseed_V1\n".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, preseed.length);
                exchange.getResponseBody().write(preseed);
                return;
            }
            Path file = root.resolve(path.substring(1)).normalize();
            if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, Files.size(file));
            try (OutputStream body = exchange.getResponseBody()) {
                Files.copy(file, body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
