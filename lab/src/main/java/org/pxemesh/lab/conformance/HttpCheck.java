package org.pxemesh.lab.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.pxemesh.zoo.audit.Finding;
import org.pxemesh.zoo.audit.Finding.Verdict;

/** What EDK2's HTTP Boot does with its URI: HEAD for the length, GET, and a Range to resume. */
final class HttpCheck {

    private HttpCheck() {}

    /** @param resumes whether the client asks for ranges; iPXE does not, so that a made script may come whole */
    static List<Finding> of(String uri, boolean resumes) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(20));
            HttpResponse<Void> head = client.send(request.HEAD().build(), BodyHandlers.discarding());
            HttpResponse<byte[]> get = client.send(request.GET().build(), BodyHandlers.ofByteArray());
            long told = head.headers().firstValueAsLong("content-length").orElse(-1);
            Finding length = finding(
                    "HEAD tells the length of GET",
                    told == get.body().length,
                    get.body().length + " bytes",
                    told + " bytes");
            if (!resumes) {
                return List.of(length);
            }
            HttpResponse<byte[]> part =
                    client.send(request.header("Range", "bytes=100-199").build(), BodyHandlers.ofByteArray());
            return List.of(
                    length,
                    finding(
                            "a Range is answered by 206",
                            part.statusCode() == 206 && part.body().length == 100,
                            "206, 100 bytes",
                            part.statusCode() + ", " + part.body().length + " bytes"));
        } catch (IOException | IllegalArgumentException e) {
            return List.of(finding("the URI can be fetched", false, uri, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(finding("the URI can be fetched", false, uri, "interrupted"));
        }
    }

    private static Finding finding(String check, boolean holds, String expected, String seen) {
        return new Finding("Q43", check, holds ? Verdict.PASSED : Verdict.FAILED, expected, seen);
    }
}
