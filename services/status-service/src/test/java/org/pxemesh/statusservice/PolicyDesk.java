package org.pxemesh.statusservice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventCodec;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.PolicyDisabled;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.UnknownComputers;

/** Plays policy-service for the console: a policy with a button, and the sites of some branches. */
final class PolicyDesk implements AutoCloseable {

    private static final UUID ALL = new UUID(0, 1);

    private final Writers writers;
    private final List<Branch> branches;
    private final HttpServer server;
    private PolicyState policy = policy(1, false);

    PolicyDesk(Writers writers, List<Branch> branches) {
        this.writers = writers;
        this.branches = branches;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/enable") || path.endsWith("/disable")) {
            policy = policy(policy.revision() + 1, path.endsWith("/enable"));
            writers.hq(policy.enabled() ? new PolicyEnabled(policy) : new PolicyDisabled(policy));
        }
        String body = switch (path) {
            case "/api/v1/sites" ->
                branches.stream()
                        .map(branch -> member(branch.siteChanged(), "site"))
                        .collect(Collectors.joining(",", "[", "]"));
            case "/api/v1/policies" -> "[" + member(new PolicyEnabled(policy), "policy") + "]";
            case "/api/v1/collections" ->
                "[{\"id\":\"" + ALL + "\",\"revision\":1,\"name\":\"All computers\",\"kind\":\"ALL\"}]";
            case "/api/v1/deployments" ->
                "[{\"id\":\"" + new UUID(0, 3) + "\",\"revision\":1,\"name\":\"Debian for bare machines\","
                        + "\"packageRef\":\"" + Branch.PACKAGE
                        + "\",\"unknownComputers\":true,\"kind\":\"REQUIRED\",\"arguments\":[]}]";
            default -> member(new PolicyEnabled(policy), "policy");
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String member(Event event, String name) {
        try {
            return EventCodec.newMapper()
                    .readTree(EventCodec.encode(event))
                    .path(name)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PolicyState policy(long revision, boolean enabled) {
        return new PolicyState(
                new UUID(0, 2),
                revision,
                "Offices boot their neighbours",
                enabled,
                PolicyMode.ANSWER,
                List.of(ALL),
                UnknownComputers.BOOT,
                new Holding(HoldKind.DEPLOYED, List.of(), 0));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
