package org.pxemesh.statusservice.forward;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.statusservice.StatusConfig;
import org.pxemesh.statusservice.StatusMetrics;
import org.pxemesh.statusservice.sql.Json;

/**
 * One address for people and their programs: what belongs to policy-service or package-service is streamed there and back,
 * so that ETag, If-Match, problem+json and uploads of any size pass through unchanged.
 */
@Singleton
public class Forwarder {

    private static final Logger LOG = Logger.getLogger(Forwarder.class);
    private static final List<String> POLICY =
            List.of("sites", "collections", "computers", "policies", "deployments", "explain", "firmware");

    /** Headers of one connection, not of the message (RFC 9110, section 7.6.1). */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host");

    private final HttpClient client;
    private final MeterRegistry metrics;
    private final URI policy;
    private final URI packages;

    Forwarder(Vertx vertx, StatusConfig config, MeterRegistry metrics) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(2000)
                .setIdleTimeout(300)
                .setMaxPoolSize(32));
        this.metrics = metrics;
        this.policy = config.policyUrl();
        this.packages = config.packageUrl();
    }

    void routes(@Observes Router router) {
        for (String resource : POLICY) {
            forward(router, resource, "policy-service", policy);
        }
        forward(router, "packages", "package-service", packages);
    }

    private void forward(Router router, String resource, String service, URI to) {
        router.routeWithRegex("/api/v1/" + resource + "(/.*)?").handler(context -> pass(context, service, to));
    }

    private void pass(RoutingContext context, String service, URI to) {
        HttpServerRequest request = context.request();
        // Until the other side is there to take the body.
        request.pause();
        // The address that people used stays in Host, so that Location leads them back to it.
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setServer(SocketAddress.inetSocketAddress(to.getPort() < 0 ? 80 : to.getPort(), to.getHost()))
                .setHost(request.authority().host())
                .setPort(
                        request.authority().port() < 0
                                ? 80
                                : request.authority().port())
                .setURI(request.uri());
        client.request(options)
                .onFailure(e -> away(context, service, to, e))
                .onSuccess(onward -> hand(context, onward, service, to));
    }

    private void hand(RoutingContext context, HttpClientRequest onward, String service, URI to) {
        HttpServerRequest request = context.request();
        request.headers().forEach(header -> {
            if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                onward.headers().add(header.getKey(), header.getValue());
            }
        });
        if (request.headers().contains("Transfer-Encoding")) {
            onward.setChunked(true);
        }
        request.response().closeHandler(closed -> onward.reset());
        onward.response()
                .onSuccess(response -> giveBack(context, response, service))
                .onFailure(e -> lost(context, service, to, e));
        request.pipeTo(onward).onFailure(e -> onward.reset());
    }

    private void giveBack(RoutingContext context, HttpClientResponse from, String service) {
        HttpServerResponse response = context.response();
        response.setStatusCode(from.statusCode()).setStatusMessage(from.statusMessage());
        from.headers().forEach(header -> {
            if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                response.headers().add(header.getKey(), header.getValue());
            }
        });
        if (!from.headers().contains("Content-Length")) {
            response.setChunked(true);
        }
        metrics.counter(StatusMetrics.FORWARDED, "service", service, "outcome", from.statusCode() / 100 + "xx")
                .increment();
        from.pipeTo(response).onFailure(e -> response.reset());
    }

    private void away(RoutingContext context, String service, URI to, Throwable cause) {
        problem(
                context,
                service,
                Problem.of(
                        503,
                        service + " is away",
                        service + " at " + to + " cannot be reached: " + cause.getMessage()
                                + "; start it, or set its address (pxemesh.status.policy-url,"
                                + " pxemesh.status.package-url)",
                        null));
    }

    private void lost(RoutingContext context, String service, URI to, Throwable cause) {
        if (context.response().headWritten() || context.response().closed()) {
            return;
        }
        problem(
                context,
                service,
                Problem.of(
                        502,
                        service + " did not answer",
                        service + " at " + to + " broke off before it answered: " + cause.getMessage()
                                + "; whether it acted is unknown: read before you try again",
                        null));
    }

    private void problem(RoutingContext context, String service, Problem problem) {
        LOG.warnf("forward=failed service=%s status=%d detail=\"%s\"", service, problem.status(), problem.detail());
        metrics.counter(StatusMetrics.FORWARDED, "service", service, "outcome", Integer.toString(problem.status()))
                .increment();
        HttpServerResponse response = context.response();
        response.setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        if (problem.status() == 503) {
            response.putHeader("Retry-After", "2");
        }
        response.end(Json.text(problem));
        // The rest of a body that nobody took; on a connection that is kept the next request comes after it.
        context.request().resume();
    }
}
