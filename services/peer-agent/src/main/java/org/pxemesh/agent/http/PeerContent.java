package org.pxemesh.agent.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.agent.ContentStore.StoredFile;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.http.ContentAnswer;

/**
 * Content by digest for the other peers: {@code /content/manifests/{sha256}} and {@code /content/files/{sha256}}, the
 * same addresses as at HQ. Of a file that is still being fetched the verified ranges are served.
 */
public final class PeerContent {

    private final ContentStore store;

    public PeerContent(ContentStore store) {
        this.store = store;
    }

    /** Answers a request for {@code /content/<room>/<digest>}. */
    public void handle(HttpServerRequest request, String room, String digest) {
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
        FileResponse.send(request, answer, file.path(), digest, "application/octet-stream");
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
