package org.pxemesh.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** An HTTP server that answers as HQ does, and remembers what it was asked. */
final class FakeHq implements AutoCloseable {

    /**
     * One request.
     *
     * @param target path and query
     * @param ifMatch empty when it was not sent
     */
    record Asked(String method, String target, String ifMatch, String body) {}

    /** What one run of the command did. */
    record Ran(int exitCode, String out, String err) {}

    private record Reply(int status, Map<String, String> headers, String body) {}

    private final HttpServer server;
    private final Map<String, Deque<Reply>> replies = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    FakeHq() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The answer to a request; given several times, they come in turn and the last one stays. */
    FakeHq on(String request, int status, Map<String, String> headers, String body) {
        replies.computeIfAbsent(request, key -> new ArrayDeque<>()).add(new Reply(status, headers, body));
        return this;
    }

    FakeHq on(String request, String body) {
        return on(request, 200, Map.of(), body);
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    Ran run(String... arguments) {
        return runAgainst("http://127.0.0.1:" + server.getAddress().getPort(), arguments);
    }

    static Ran runAgainst(String hq, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Pxemesh.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--hq=" + hq);
        int code = command.execute(all.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                target,
                String.valueOf(exchange.getRequestHeaders()
                        .getOrDefault("If-Match", List.of(""))
                        .getFirst()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Deque<Reply> prepared = replies.getOrDefault(exchange.getRequestMethod() + " " + target, new ArrayDeque<>());
        Reply reply = prepared.size() > 1 ? prepared.poll() : prepared.peek();
        if (reply == null) {
            reply = new Reply(404, Map.of(), "{\"title\":\"not found\",\"detail\":\"unexpected " + target + "\"}");
        }
        reply.headers().forEach(exchange.getResponseHeaders()::add);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
