package org.pxemesh.agent.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.agent.ContentStore.StoredFile;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.uplinks.SiteQuestion;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.http.ContentAnswer;
import org.pxemesh.content.swarm.UploadPace;

/**
 * Content by digest for the other peers: {@code /content/manifests/{sha256}} and {@code /content/files/{sha256}}, the
 * same addresses as at HQ. Of a file that is still being fetched the verified ranges are served.
 */
public final class PeerContent {

    private static final int UPLOADS = 4;
    private static final int WAITING = 64;

    private final ContentStore store;
    private final @Nullable Segment segment;
    private final LongSupplier rate;
    private final UploadSlots slots = new UploadSlots(UPLOADS, WAITING);
    private UploadPace pace = UploadPace.idle(System.nanoTime());

    /** Content alone, nothing about the site. */
    public PeerContent(ContentStore store) {
        this(store, null);
    }

    /** @param segment answers what other segments' uplinks ask; null when they are told nothing */
    public PeerContent(ContentStore store, @Nullable Segment segment) {
        this(store, segment, segment == null ? () -> 0 : segment::uploadRate);
    }

    /** @param rate bytes per second that neighbours get at most, 0 = as much as they ask for */
    PeerContent(ContentStore store, @Nullable Segment segment, LongSupplier rate) {
        this.store = store;
        this.segment = segment;
        this.rate = rate;
    }

    /** Answers a request for {@code /content/<room>/<digest>}. */
    public void handle(HttpServerRequest request, String room, String digest) {
        if (room.equals("site")) {
            site(request, digest);
            return;
        }
        if (!Sha256.isValid(digest)) {
            FileResponse.refuse(request, 404, "content is named by 64 lower-case hex digits");
            return;
        }
        switch (room) {
            case "manifests" -> manifest(request, new Sha256(digest));
            case "files" -> file(request, new Sha256(digest));
            default -> FileResponse.refuse(request, 404, "nothing here");
        }
    }

    private void manifest(HttpServerRequest request, Sha256 digest) {
        Optional<byte[]> bytes = store.manifestBytes(digest);
        if (bytes.isEmpty()) {
            FileResponse.refuse(request, 404, "no such manifest here");
        } else {
            request.response().putHeader("ETag", ContentAnswer.etag(digest));
            FileResponse.send(request, bytes.get(), "application/json");
        }
    }

    private void file(HttpServerRequest request, Sha256 digest) {
        Optional<StoredFile> stored = store.complete(digest).or(() -> store.partial(digest));
        if (stored.isEmpty()) {
            FileResponse.refuse(request, 404, "no such file here");
            return;
        }
        StoredFile file = stored.get();
        ContentAnswer answer = FileResponse.answer(request, digest, file.size());
        if (!isHere(file, answer)) {
            FileResponse.refuse(request, 404, "these bytes are not here yet");
            return;
        }
        long wait = waitNanos(FileResponse.length(answer));
        if (wait < 0) {
            busy(request);
        } else if (wait == 0) {
            enter(request, answer, file);
        } else {
            Vertx.currentContext().owner().setTimer(1 + wait / 1_000_000, due -> enter(request, answer, file));
        }
    }

    private void enter(HttpServerRequest request, ContentAnswer answer, StoredFile file) {
        if (!slots.enter(() -> upload(request, answer, file))
                && !request.response().closed()) {
            busy(request);
        }
    }

    private static void busy(HttpServerRequest request) {
        request.response().putHeader("Retry-After", "1");
        FileResponse.refuse(request, 503, "too much is being sent already; ask again, or ask another peer");
    }

    /** How long a piece has to wait by the policy's rate; negative when it had better not wait here. */
    private synchronized long waitNanos(long bytes) {
        long bytesPerSecond = rate.getAsLong();
        if (bytesPerSecond <= 0 || bytes == 0) {
            return 0;
        }
        Optional<UploadPace.Turn> turn = pace.ask(bytes, bytesPerSecond, System.nanoTime());
        turn.ifPresent(given -> pace = given.next());
        return turn.map(UploadPace.Turn::waitNanos).orElse(-1L);
    }

    /** Whoever waited may be gone by now; then sending fails at once, and the next one's turn comes. */
    private void upload(HttpServerRequest request, ContentAnswer answer, StoredFile file) {
        try {
            FileResponse.send(request, answer, file.path(), file.digest(), "application/octet-stream")
                    .onComplete(sent -> slots.done());
        } catch (IllegalStateException gone) {
            slots.done();
        }
    }

    /** {@code /content/site/{version}}: what this peer, as uplink, tells the uplinks of the site's other segments. */
    private void site(HttpServerRequest request, String version) {
        SiteQuestion.of(
                        version,
                        request.getParam("segment"),
                        request.getParam("peer"),
                        request.getParam("term"),
                        request.getParam("address"))
                .ifPresentOrElse(
                        question -> answer(request, question),
                        () -> FileResponse.refuse(
                                request, 400, "segment, peer, term and address of the asking uplink are missing"));
    }

    private void answer(HttpServerRequest request, SiteQuestion question) {
        if (segment == null) {
            FileResponse.refuse(request, 404, "nothing here");
            return;
        }
        segment.siteWord(question).whenComplete((word, failure) -> {
            if (request.response().closed()) {
                return;
            }
            if (failure == null) {
                FileResponse.send(request, word, "application/json");
            } else {
                FileResponse.refuse(request, 503, "this peer is about to stop");
            }
        });
    }

    private static boolean isHere(StoredFile file, ContentAnswer answer) {
        return switch (answer) {
            case ContentAnswer.Whole(long size) -> file.holds(0, size);
            case ContentAnswer.Part part -> file.holds(part.offset(), part.length());
            case ContentAnswer.NotModified none -> true;
            case ContentAnswer.PreconditionFailed none -> true;
            case ContentAnswer.NotSatisfiable none -> true;
        };
    }
}
