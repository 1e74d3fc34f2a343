package org.pxemesh.content.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.content.Sha256;

class ContentAnswerTest {

    private static final Sha256 DIGEST = Sha256.of(new byte[] {1, 2, 3});
    private static final String ETAG = "\"" + DIGEST + "\"";
    private static final long SIZE = 1000;

    private static ContentAnswer range(String range) {
        return ContentAnswer.to(new ContentRequest(range, null, null, null), DIGEST, SIZE);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1, bytes 0-0/1000",
        "bytes=0-999, 0, 1000, bytes 0-999/1000",
        "bytes=100-199, 100, 100, bytes 100-199/1000",
        "bytes=999-, 999, 1, bytes 999-999/1000",
        "bytes=500-99999, 500, 500, bytes 500-999/1000",
        "bytes=-1, 999, 1, bytes 999-999/1000",
        "bytes=-5000, 0, 1000, bytes 0-999/1000",
        "BYTES=7-8, 7, 2, bytes 7-8/1000",
        "bytes=3-99999999999999999999, 3, 997, bytes 3-999/1000"
    })
    void shouldSendTheOneRangeThatWasAskedFor(String range, long offset, long length, String header) {
        assertThat(range(range)).isInstanceOfSatisfying(ContentAnswer.Part.class, part -> {
            assertThat(part).isEqualTo(new ContentAnswer.Part(offset, length, SIZE));
            assertThat(part.contentRange()).isEqualTo(header);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5",
                "bytes=9-3",
                "bytes=0-1,5-6",
                "items=0-1",
                "bytes=+1-2",
                "bytes=1--2",
                "bytes=\u0661-\u0662"
            })
    void shouldSendAllWhereTheRangeSaysNothingClear(String range) {
        assertThat(range(range)).isEqualTo(new ContentAnswer.Whole(SIZE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=99999999999999999999-"})
    void shouldRefuseARangeBehindTheEnd(String range) {
        assertThat(range(range)).isEqualTo(new ContentAnswer.NotSatisfiable(SIZE));
    }

    @Test
    void shouldHaveNoRangeInAnEmptyFile() {
        assertThat(ContentAnswer.to(new ContentRequest("bytes=0-", null, null, null), DIGEST, 0))
                .isEqualTo(new ContentAnswer.NotSatisfiable(0));
        assertThat(ContentAnswer.to(ContentRequest.PLAIN, DIGEST, 0)).isEqualTo(new ContentAnswer.Whole(0));
    }

    @Test
    void shouldHonourARangeOnlyOfTheFileThatTheClientHolds() {
        ContentAnswer part = new ContentAnswer.Part(10, 10, SIZE);
        assertThat(answer("bytes=10-19", ETAG, null, null)).isEqualTo(part);
        assertThat(answer("bytes=10-19", "\"other\"", null, null)).isEqualTo(new ContentAnswer.Whole(SIZE));
        assertThat(answer("bytes=10-19", "W/" + ETAG, null, null)).isEqualTo(new ContentAnswer.Whole(SIZE));
        assertThat(answer("bytes=10-19", "Sun, 22 Nov 2026 00:00:00 GMT", null, null))
                .isEqualTo(new ContentAnswer.Whole(SIZE));
    }

    @Test
    void shouldJudgePreconditionsBeforeTheRange() {
        assertThat(answer("bytes=5000-", null, "\"other\"", null)).isEqualTo(new ContentAnswer.PreconditionFailed());
        assertThat(answer("bytes=0-1", null, "\"other\", " + ETAG, null)).isEqualTo(new ContentAnswer.Part(0, 2, SIZE));
        assertThat(answer(null, null, "*", null)).isEqualTo(new ContentAnswer.Whole(SIZE));
        assertThat(answer(null, null, "W/" + ETAG, null)).isEqualTo(new ContentAnswer.PreconditionFailed());
        assertThat(answer("bytes=0-1", null, null, ETAG)).isEqualTo(new ContentAnswer.NotModified());
        assertThat(answer(null, null, null, "\"x\", W/" + ETAG)).isEqualTo(new ContentAnswer.NotModified());
        assertThat(answer(null, null, null, "\"x\"")).isEqualTo(new ContentAnswer.Whole(SIZE));
    }

    private static ContentAnswer answer(
            @Nullable String range, @Nullable String ifRange, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        return ContentAnswer.to(new ContentRequest(range, ifRange, ifMatch, ifNoneMatch), DIGEST, SIZE);
    }
}
