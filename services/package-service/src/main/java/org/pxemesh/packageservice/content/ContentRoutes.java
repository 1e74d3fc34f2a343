package org.pxemesh.packageservice.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.file.FileSystem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.http.ContentAnswer;
import org.pxemesh.content.http.ContentRequest;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.packageservice.store.ContentStore;

/**
 * {@code GET|HEAD /content/files/DIGEST}, {@code /content/manifests/DIGEST} and {@code /content/manifests/DIGEST.sig}:
 * straight from the disk to the socket, outside of REST. What a digest names never changes, so every cache on the way
 * may keep it for ever.
 */
@ApplicationScoped
public class ContentRoutes {

    private static final Logger LOG = Logger.getLogger(ContentRoutes.class);
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String DIGEST = "digest";

    private final ContentStore store;
    private final ObjectMapper mapper;
    private final Counter served;
    private final KnownSizes sizes = new KnownSizes();

    ContentRoutes(ContentStore store, ObjectMapper mapper, MeterRegistry meters) {
        this.store = store;
        this.mapper = mapper;
        this.served = Counter.builder("pxemesh.content.served.bytes")
                .description("Content that left HQ, headers not counted")
                .register(meters);
    }

    void routes(@Observes Router router) {
        serve(router, "/content/files/:digest", "application/octet-stream", store::file);
        serve(router, "/content/manifests/:digest", "application/json", store::manifest);
        router.route(HttpMethod.GET, "/content/manifests/:digest.sig").order(-1).handler(this::signature);
    }

    private void serve(Router router, String path, String type, Function<Sha256, Path> place) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> file(context, type, place));
    }

    private void file(RoutingContext context, String type, Function<Sha256, Path> place) {
        String hex = String.valueOf(context.pathParam(DIGEST));
        if (!Sha256.isValid(hex)) {
            problem(context, 400, "invalid request", "a digest is 64 lower-case hex digits", DIGEST);
            return;
        }
        Sha256 digest = new Sha256(hex);
        String file = place.apply(digest).toString();
        Optional<Long> known = context.request().method() == HttpMethod.GET ? sizes.of(file) : Optional.empty();
        if (known.isPresent()) {
            answer(context, type, digest, file, known.get());
            return;
        }
        FileSystem files = context.vertx().fileSystem();
        files.props(file)
                .onSuccess(props -> {
                    sizes.is(file, props.size());
                    answer(context, type, digest, file, props.size());
                })
                .onFailure(missing -> missing(context, digest));
    }

    private void missing(RoutingContext context, Sha256 digest) {
        problem(context, 404, "not found", "there is no content " + digest, null);
    }

    private void answer(RoutingContext context, String type, Sha256 digest, String file, long size) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        ContentRequest asked = new ContentRequest(
                request.getHeader("Range"),
                request.getHeader("If-Range"),
                request.getHeader("If-Match"),
                request.getHeader("If-None-Match"));
        response.putHeader(HttpHeaders.ETAG, ContentAnswer.etag(digest))
                .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
                .putHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER);
        switch (ContentAnswer.to(asked, digest, size)) {
            case ContentAnswer.Whole ignored -> send(context, type, digest, file, 0, size);
            case ContentAnswer.Part part -> {
                response.setStatusCode(206).putHeader(HttpHeaders.CONTENT_RANGE, part.contentRange());
                send(context, type, digest, file, part.offset(), part.length());
            }
            case ContentAnswer.NotModified ignored ->
                response.setStatusCode(304).end();
            case ContentAnswer.PreconditionFailed ignored ->
                problem(context, 412, "precondition failed", "If-Match names other content than " + digest, null);
            case ContentAnswer.NotSatisfiable ignored -> {
                response.putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
                problem(context, 416, "range not satisfiable", "the content has " + size + " bytes", null);
            }
        }
    }

    private void send(RoutingContext context, String type, Sha256 digest, String file, long offset, long length) {
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, type).putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        if (length == 0 || context.request().method() == HttpMethod.HEAD) {
            response.end();
            return;
        }
        response.sendFile(file, offset, length)
                .onSuccess(done -> served.increment(length))
                .onFailure(cause -> {
                    if (!response.headWritten()) {
                        // It was collected since.
                        sizes.forget(file);
                        response.headers().clear();
                        missing(context, digest);
                        return;
                    }
                    LOG.debugf("content=broken-off file=%s cause=\"%s\"", file, cause.getMessage());
                    context.request().connection().close();
                });
    }

    private void signature(RoutingContext context) {
        String hex = String.valueOf(context.pathParam(DIGEST));
        if (!Sha256.isValid(hex)) {
            problem(context, 400, "invalid request", "a digest is 64 lower-case hex digits", DIGEST);
            return;
        }
        context.vertx()
                .fileSystem()
                .readFile(store.signature(new Sha256(hex)).toString())
                .onSuccess(line -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=us-ascii")
                        .end(line))
                .onFailure(missing -> problem(context, 404, "not found", "there is no manifest " + hex, null));
    }

    private void problem(RoutingContext context, int status, String title, String detail, @Nullable String field) {
        HttpServerResponse response = context.response();
        response.headers().remove(HttpHeaders.CACHE_CONTROL);
        try {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(mapper.writeValueAsString(Problem.of(status, title, detail, field)));
        } catch (JsonProcessingException e) {
            context.fail(e);
        }
    }
}
