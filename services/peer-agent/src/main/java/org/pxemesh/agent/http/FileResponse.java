package org.pxemesh.agent.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.util.Locale;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.http.ContentAnswer;
import org.pxemesh.content.http.ContentRequest;

/** Sends content with ranges and conditions as the content library decides them; bytes go out by sendfile. */
final class FileResponse {

    private FileResponse() {}

    /** What was asked of the file, by method and headers. */
    static ContentAnswer answer(HttpServerRequest request, Sha256 digest, long size) {
        return ContentAnswer.to(
                new ContentRequest(
                        request.getHeader("Range"),
                        request.getHeader("If-Range"),
                        request.getHeader("If-Match"),
                        request.getHeader("If-None-Match")),
                digest,
                size);
    }

    /**
     * Sends it.
     *
     * @return completes with the number of body bytes when they were handed to the client's connection
     */
    static Future<Long> send(HttpServerRequest request, ContentAnswer answer, Path file, Sha256 digest, String type) {
        HttpServerResponse response = request.response();
        head(request, answer, digest, type);
        return switch (answer) {
            case ContentAnswer.Whole(long size) -> body(request, file, 0, size);
            case ContentAnswer.Part part -> body(request, file, part.offset(), part.length());
            case ContentAnswer.NotModified none -> empty(response, 304);
            case ContentAnswer.PreconditionFailed none -> empty(response, 412);
            case ContentAnswer.NotSatisfiable(long size) -> {
                response.putHeader("Content-Range", "bytes */" + size);
                yield empty(response, 416);
            }
        };
    }

    /** What stands before the bytes; their number is left to whoever sends them. */
    static void head(HttpServerRequest request, ContentAnswer answer, Sha256 digest, String type) {
        HttpServerResponse response = request.response()
                .putHeader("ETag", ContentAnswer.etag(digest))
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("Content-Type", type);
        if (answer instanceof ContentAnswer.Part part) {
            response.setStatusCode(206).putHeader("Content-Range", part.contentRange());
        }
    }

    /** Whether the answer holds the file's last byte: a client that resumes has the whole file with it. */
    static boolean reachesEnd(ContentAnswer answer) {
        return switch (answer) {
            case ContentAnswer.Whole whole -> true;
            case ContentAnswer.Part part -> part.offset() + part.length() == part.size();
            case ContentAnswer.NotModified none -> false;
            case ContentAnswer.PreconditionFailed none -> false;
            case ContentAnswer.NotSatisfiable none -> false;
        };
    }

    /** Bytes of content in the answer to a GET. */
    static long length(ContentAnswer answer) {
        return switch (answer) {
            case ContentAnswer.Whole(long size) -> size;
            case ContentAnswer.Part part -> part.length();
            case ContentAnswer.NotModified none -> 0;
            case ContentAnswer.PreconditionFailed none -> 0;
            case ContentAnswer.NotSatisfiable none -> 0;
        };
    }

    private static Future<Long> empty(HttpServerResponse response, int status) {
        return response.setStatusCode(status).end().map(0L);
    }

    private static Future<Long> body(HttpServerRequest request, Path file, long offset, long length) {
        HttpServerResponse response = request.response().putHeader("Content-Length", Long.toString(length));
        if (request.method() == HttpMethod.HEAD || length == 0) {
            return response.end().map(0L);
        }
        return response.sendFile(file.toString(), offset, length).map(length);
    }

    /** Sends bytes that are in memory. */
    static Future<Long> send(HttpServerRequest request, byte[] content, String type) {
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", type)
                .putHeader("Content-Length", Integer.toString(content.length));
        return request.method() == HttpMethod.HEAD
                ? response.end().map(0L)
                : response.end(Buffer.buffer(content)).map((long) content.length);
    }

    static void refuse(HttpServerRequest request, int status, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(text + "\n");
    }

    /** UEFI goes by the type before it goes by the name. */
    static String typeOf(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        if (name.endsWith(".efi")) {
            return "application/efi";
        }
        if (name.endsWith(".img")) {
            return "application/vnd.efi-img";
        }
        return name.endsWith(".ipxe") || name.endsWith(".cfg") ? "text/plain" : "application/octet-stream";
    }
}
