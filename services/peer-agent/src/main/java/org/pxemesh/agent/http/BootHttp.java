package org.pxemesh.agent.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;
import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.agent.boot.BootMetrics;
import org.pxemesh.agent.boot.BootReporter.Served;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.BootToken;
import org.pxemesh.agent.boot.Monotonic;
import org.pxemesh.agent.boot.Readers;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.http.ContentAnswer;
import org.pxemesh.content.stream.StreamVerdict;
import org.pxemesh.events.CheckIn;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.loader.Preseed;

/**
 * The boot HTTP server of one segment.
 *
 * <ul>
 *   <li>{@code GET|HEAD /boot/{boot}/{path}}: files of a boot's plan, for iPXE and UEFI HTTP clients
 *   <li>{@code GET|HEAD /files/{path}}: the same by the client's address, as TFTP does it
 *   <li>{@code GET|HEAD} of anything else: likewise, since UEFI's HTTP boot and Windows' boot manager behind it ask at the
 *       server's root
 *   <li>{@code GET /checkin/{boot}/...}: the booted system checks in and gets its first answers
 *   <li>{@code GET /checkin}: the same for a system that names no boot, by its address
 *   <li>{@code GET /wait/{architecture}/{questions left}/boot.ipxe}: an iPXE that waits asks on
 *   <li>{@code GET|HEAD /content/...}: verified content for other peers
 * </ul>
 */
public final class BootHttp implements Handler<HttpServerRequest> {

    private static final Logger LOG = Logger.getLogger(BootHttp.class);

    /** When nobody can say when. */
    private static final long RETRY_SECONDS = 5;

    private static final int IDLE_SECONDS = 60;

    private final BootDesk desk;
    private final PeerContent content;
    private final BootMetrics metrics;

    public BootHttp(BootDesk desk, PeerContent content, BootMetrics metrics) {
        this.desk = desk;
        this.content = content;
        this.metrics = metrics;
    }

    /**
     * How its server speaks. Not HTTP/2: no boot program asks for it, and where Java's client did, by an upgrade, it was at
     * times sent a body's first frame ahead of the stream's number.
     */
    public static HttpServerOptions options() {
        return new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false);
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader("Allow", "GET, HEAD");
            FileResponse.refuse(request, 405, "only GET and HEAD are served");
            return;
        }
        String path = request.path() == null ? "" : request.path();
        AskedPath asked = AskedPath.of(path);
        switch (asked.room()) {
            case "boot" -> boot(request, asked.id(), asked.rest(), path);
            case "files" -> byAddress(request, path.substring("/files".length()));
            case "checkin" -> checkIn(request, asked.id(), path);
            case "wait" -> await(request, asked);
            case "content" -> content.handle(request, asked.id(), asked.rest());
            default -> byAddress(request, path);
        }
    }

    private void boot(HttpServerRequest request, String id, String rest, String path) {
        Optional<BootToken> token = BootToken.parse(id);
        if (token.isEmpty()) {
            byAddress(request, path); // \boot\boot.sdi at the server's root
            return;
        }
        Ipv4Address from = remote(request).orElse(Ipv4Address.NONE);
        bootFile(request, desk.sessionOf(token.get(), from, Monotonic.millis()), rest);
    }

    private void byAddress(HttpServerRequest request, String path) {
        bootFile(
                request,
                remote(request).flatMap(address -> desk.sessionOf(address, Monotonic.millis())),
                AskedPath.decoded(path));
    }

    private static Optional<Ipv4Address> remote(HttpServerRequest request) {
        try {
            return Optional.of(Ipv4Address.parse(request.remoteAddress().hostAddress()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void bootFile(HttpServerRequest request, Optional<BootSession> session, String asked) {
        Optional<ServedFile> file = session.flatMap(boot -> desk.file(boot, asked));
        if (session.isEmpty() || file.isEmpty()) {
            FileResponse.refuse(request, 404, "not in this machine's boot plan");
            return;
        }
        ServedFile found = file.get();
        long started = Monotonic.millis();
        switch (found) {
            case ServedFile.Made made ->
                watch(
                        request,
                        FileResponse.send(request, made.content(), FileResponse.typeOf(asked)),
                        session.get(),
                        found,
                        true,
                        started);
            case ServedFile.Arriving part -> arriving(request, session.get(), part, asked, started);
            case ServedFile.Disk disk -> {
                ContentAnswer answer = FileResponse.answer(request, disk.digest(), disk.size());
                Future<Long> sent = DiskBody.send(request, answer, disk, FileResponse.typeOf(asked));
                watch(request, sent, session.get(), found, FileResponse.reachesEnd(answer), started);
            }
            case ServedFile.OnDisk disk -> {
                ContentAnswer answer = FileResponse.answer(request, disk.digest(), disk.size());
                Future<Long> sent =
                        FileResponse.send(request, answer, disk.location(), disk.digest(), FileResponse.typeOf(asked));
                watch(request, sent, session.get(), found, FileResponse.reachesEnd(answer), started);
            }
        }
    }

    /** A client that would starve is sent away, with the time after which it may come back. */
    private void arriving(
            HttpServerRequest request, BootSession session, ServedFile.Arriving part, String asked, long started) {
        Sha256 digest = part.stored().digest();
        ContentAnswer answer = FileResponse.answer(request, digest, part.size());
        if (request.method() == HttpMethod.HEAD || FileResponse.length(answer) == 0) {
            FileResponse.send(request, answer, part.stored().path(), digest, FileResponse.typeOf(asked));
            return;
        }
        long start = answer instanceof ContentAnswer.Part range ? range.offset() : 0;
        StreamVerdict verdict = desk.arrivals().mayServe(digest, start, Readers.http());
        metrics.stream(verdict.isNow() ? "begun" : "refused");
        LOG.infof(
                "stream client=%s path=%s begins=%b %s",
                request.remoteAddress(), part.path(), verdict.isNow(), verdict.words());
        if (!verdict.isNow()) {
            long seconds = verdict instanceof StreamVerdict.Later later ? 1 + later.millis() / 1000 : RETRY_SECONDS;
            request.response().putHeader("Retry-After", Long.toString(seconds));
            FileResponse.refuse(request, 503, "still arriving here: " + verdict.words());
            return;
        }
        FileResponse.head(request, answer, digest, FileResponse.typeOf(asked));
        Future<Long> sent = ArrivingBody.send(
                request.response(), desk.arrivals(), part.stored(), start, FileResponse.length(answer));
        watch(request, sent, session, part, FileResponse.reachesEnd(answer), started);
        sent.onFailure(e -> {
            if (e instanceof ArrivingBody.StarvedException starved) {
                metrics.stream("starved");
                desk.reporter().starved(session, part.path(), starved.position(), String.valueOf(e.getMessage()));
            }
        });
    }

    private void watch(
            HttpServerRequest request,
            Future<Long> sent,
            BootSession session,
            ServedFile file,
            boolean reachesEnd,
            long started) {
        boolean head = request.method() == HttpMethod.HEAD;
        sent.onSuccess(bytes -> {
            if (!head && reachesEnd) {
                long now = Monotonic.millis();
                metrics.httpBytes(bytes);
                desk.reporter().served(session, Served.overHttp(file.path(), bytes, (now - started) / 1000.0), now);
            }
        });
        sent.onFailure(e -> LOG.infof(
                "transfer failed client=%s path=%s reason=%s", request.remoteAddress(), file.path(), e.getMessage()));
    }

    private void await(HttpServerRequest request, AskedPath asked) {
        OptionalInt left = asked.questionsLeft();
        if (left.isEmpty()) {
            FileResponse.refuse(request, 404, "nobody waits there");
            return;
        }
        String script = desk.waiting()
                .answer(asked.id(), left.getAsInt(), remote(request).orElse(Ipv4Address.NONE), Monotonic.millis());
        FileResponse.send(request, script.getBytes(StandardCharsets.UTF_8), FileResponse.typeOf(asked.rest()));
    }

    private void checkIn(HttpServerRequest request, String id, String path) {
        Optional<BootToken> token = BootToken.parse(id);
        String agent = request.getHeader("User-Agent");
        CheckIn evidence = new CheckIn(request.remoteAddress().hostAddress(), path, agent == null ? "" : agent);
        Ipv4Address from = remote(request).orElse(Ipv4Address.NONE);
        long now = Monotonic.millis();
        boolean known = request.method() == HttpMethod.HEAD // a question whether it is there; not the system's word
                || token.map(boot -> desk.checkIns().byToken(boot, evidence, from, now))
                        .orElseGet(() -> desk.checkIns().byAddress(evidence, from, now));
        if (!known) {
            LOG.warnf("check-in of an unknown boot path=%s from=%s", path, request.remoteAddress());
            FileResponse.refuse(request, 404, "no such boot here; it may have been too long ago");
            return;
        }
        FileResponse.send(request, Preseed.minimal().getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }
}
