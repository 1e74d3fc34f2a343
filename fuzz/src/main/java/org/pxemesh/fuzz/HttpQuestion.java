package org.pxemesh.fuzz;

import java.util.List;
import org.pxemesh.agent.boot.BootToken;
import org.pxemesh.agent.http.AskedPath;
import org.pxemesh.agent.uplinks.SiteQuestion;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.http.ContentAnswer;
import org.pxemesh.content.http.ContentRequest;
import org.pxemesh.netboot.loader.BootQuestion;
import org.pxemesh.netboot.tftp.TftpNames;
import org.pxemesh.policy.ClientArchitecture;

/** What the boot server makes of a request, without its file. */
final class HttpQuestion {

    private static final long SIZE = 5_000_000_000L;
    private static final Sha256 DIGEST = Sha256.of(new byte[0]);

    private HttpQuestion() {}

    /** The first line is the path. */
    static Object of(Lines lines) {
        ContentRequest request = new ContentRequest(
                lines.header("Range"),
                lines.header("If-Range"),
                lines.header("If-Match"),
                lines.header("If-None-Match"));
        ContentAnswer answer = ContentAnswer.to(request, DIGEST, SIZE);
        if (answer instanceof ContentAnswer.Part(long offset, long length, long size)
                && (offset < 0 || length < 1 || size != SIZE || offset > SIZE - length)) {
            throw new IllegalStateException("a part that the file does not have: " + answer);
        }
        AskedPath asked = AskedPath.of(lines.first());
        return List.of(
                answer,
                asked,
                asked.questionsLeft(),
                BootQuestion.secondsLeft(asked.rest()),
                ClientArchitecture.ofLabel(asked.id()),
                BootToken.parse(asked.id()),
                TftpNames.normalise(lines.first()),
                SiteQuestion.of(
                        asked.id(),
                        lines.header("segment"),
                        lines.header("peer"),
                        lines.header("term"),
                        lines.header("address")));
    }
}
